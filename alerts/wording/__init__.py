"""Reviewed phrase tables, and an alert revision rendered to what a phone shows."""
