"""Who may do what at the crisis office's desk, and how they prove who they are (issue 8.10)."""
