"""What the office's addresses take and answer."""
