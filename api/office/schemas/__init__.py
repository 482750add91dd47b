"""The shapes of what the office sends and reads."""
