"""A new city's pack, made from nationwide open data (city.md §5)."""
