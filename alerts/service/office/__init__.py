"""What an officer does: write, have it checked, let it out, follow it up (issue 8.2-8.4)."""
