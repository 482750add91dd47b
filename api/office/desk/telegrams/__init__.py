"""Telegrams at the desk: why one was held, what it or another would do, and what the office decided (issue 8.8)."""
