"""Which feeds are read, and within what limits."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from alerts.store.feeds import LONG

LEASE = timedelta(seconds=45)  # a poll or a fetch takes half of it at most; afterwards somebody else may have it
OUTAGE = timedelta(minutes=10)  # JMA promises no more than that in a short feed: after it the long one is read
LONG_EVERY = timedelta(hours=6)  # the long feed is walked anyway, for whatever slipped through the short one
KEEP_ENTRIES = timedelta(days=30)  # the long feed names nothing older than 7 days


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where JMA's feeds are, which are polled, and how much may be fetched in a day.

    An address that fetches about 10 GB a day is cut off by JMA (jma.md §1.4); `daily_bytes` stays far below (R23).
    """

    base_url: str  # ends with a slash
    feeds: tuple[str, ...] = ("extra", "eqvol", "regular")
    daily_bytes: int = 2_000_000_000
    patience_seconds: float = 3.0  # how long a round waits for a feed before it leaves it to its thread (R9)

    @property
    def names(self) -> tuple[str, ...]:
        """Every feed to poll: the short ones, and the long one of each."""
        return self.feeds + tuple(feed + LONG for feed in self.feeds)

    def url(self, name: str) -> str:
        """The address of a feed."""
        return urljoin(self.base_url, f"{name}.xml")

    def is_own(self, url: str) -> bool:
        """Whether an address is on the feeds' own server; nothing else is ever fetched."""
        try:
            own, other = urlsplit(self.base_url), urlsplit(url)
        except ValueError:
            return False
        return (own.scheme, own.netloc) == (other.scheme, other.netloc)


def is_long(name: str) -> bool:
    """Whether this is the name of a long feed."""
    return name.endswith(LONG)
