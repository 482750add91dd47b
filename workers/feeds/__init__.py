"""JMA's feeds over HTTP: conditional, bounded in time and size, counted to the byte (jma.md §1.3, R9, R23)."""

from workers.feeds.limits import ReaderLimits
from workers.feeds.reader import HttpxFeedReader

__all__ = ["HttpxFeedReader", "ReaderLimits"]
