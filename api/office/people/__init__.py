"""The pages of the office's people: coming in, one's own account, everybody, and the book."""
