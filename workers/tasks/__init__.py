"""Thin Celery tasks, one file a subject; each calls one use case."""
