"""The office's own alerts at the desk: written, let out by another person, followed up (issue 8.2-8.4)."""
