"""Shelters and districts for map programmes: OGC API - Features, Part 1: Core (OGC 17-069r4), read only."""
