"""Reads JMA's feeds and telegrams over HTTP (jma.md §1.3-1.4)."""

import httpx

from alerts.ports import FeedAnswer
from workers.feeds.limits import ReaderLimits
from workers.feeds.request import Request
from workers.loop import LoopClient

USER_AGENT = "bosai/0.1 (disaster-prevention app of a municipality; conditional GET, each telegram once)"


class HttpxFeedReader:
    """The `FeedReader` for real servers, usable from every thread.

    The connections open with the first request, and open anew in a child process after a fork.
    """

    def __init__(
        self, limits: ReaderLimits | None = None, *, user_agent: str = USER_AGENT, proxy: str | None = None
    ) -> None:
        """`proxy` is the address of an HTTP proxy; the environment's own proxy variables are not looked at."""
        self._limits = limits or ReaderLimits()
        self._proxy = proxy
        self._user_agent = user_agent
        self._http = LoopClient("feed-reader", self._client)

    def poll(self, url: str, etag: str | None, last_modified: str | None) -> FeedAnswer:
        """A conditional GET of an Atom feed; `body` is None for 304. Raises `FeedUnavailableError`."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._run(url, {name: value for name, value in conditions.items() if value}, self._limits.feed_bytes)

    def fetch(self, url: str) -> FeedAnswer:
        """One telegram's bytes. Raises `FeedUnavailableError`, also for a momentary 404."""
        return self._run(url, {}, self._limits.telegram_bytes)

    def close(self) -> None:
        """Closes the connections; a later request opens new ones."""
        self._http.close()

    def _run(self, url: str, headers: dict[str, str], limit: int) -> FeedAnswer:
        return self._http.run(lambda client: Request(client, self._limits, url, headers, limit).answer())

    def _client(self) -> httpx.AsyncClient:
        """No redirects: JMA's address is configured, and nothing in an answer may send us elsewhere."""
        limits = self._limits
        return httpx.AsyncClient(
            headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip", "Accept": "*/*"},
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
            follow_redirects=False,
            proxy=self._proxy,
            trust_env=False,
        )
