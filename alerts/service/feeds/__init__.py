"""JMA's feeds: polled politely, walked whole, each telegram fetched once and handed to `receive` (jma.md §1, R9, R23).

Nothing is lost to a crash, because each step leaves rows behind:

1. A due feed is claimed by compare-and-set and asked with its ETag.
2. Every entry that no row knows becomes a row, in one transaction: `due`, `skipped` or `refused`.
3. Due entries are claimed, fetched, received oldest first, and settled. What could not be had stays due.
4. Only then the ETag is saved. A crash before makes the next poll read the same feed again and find its rows.

So the ETag never hides an entry that has no row, and a row never costs a second fetch: an id that `receive` kept before
the crash is settled without one.
"""

from alerts.service.feeds.due import poll_due
from alerts.service.feeds.settings import FeedSettings

__all__ = ["FeedSettings", "poll_due"]
