"""The desk: the pages at which officers see and write, once a world (issue 8)."""
