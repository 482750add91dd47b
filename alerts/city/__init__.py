"""The city pack: codes, districts and their groups, matching rules, policy (city.md)."""
