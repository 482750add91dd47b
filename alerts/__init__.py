"""What is true about hazards, districts, alerts and shelters (design.md §1)."""
