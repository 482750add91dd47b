"""Server-sent events for open apps: that something has changed, and where to read it."""
