"""Reads JMA's feeds and telegrams over HTTP (jma.md §1.3-1.4)."""

import asyncio
import os
import threading

import httpx

from alerts.ports import FeedAnswer, FeedUnavailableError
from workers.feeds.body import Body, BodyError
from workers.feeds.headers import fresh_for, retry_after, size_of
from workers.feeds.limits import ReaderLimits
from workers.feeds.loop import LoopThread

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
        self._lock = threading.Lock()
        self._open: tuple[int, LoopThread, httpx.AsyncClient] | None = None  # process id, and what belongs to it

    def poll(self, url: str, etag: str | None, last_modified: str | None) -> FeedAnswer:
        """A conditional GET of an Atom feed; `body` is None for 304. Raises `FeedUnavailableError`."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._run(url, {name: value for name, value in conditions.items() if value}, self._limits.feed_bytes)

    def fetch(self, url: str) -> FeedAnswer:
        """One telegram's bytes. Raises `FeedUnavailableError`, also for a momentary 404."""
        return self._run(url, {}, self._limits.telegram_bytes)

    def close(self) -> None:
        """Closes the connections; a later request opens new ones."""
        with self._lock:
            if self._open and self._open[0] == os.getpid():
                _, loop, client = self._open
                loop.run(client.aclose())
                loop.close()
            self._open = None

    def _run(self, url: str, headers: dict[str, str], limit: int) -> FeedAnswer:
        loop, client = self._connected()
        return loop.run(_Request(client, self._limits, url, headers, limit).answer())

    def _connected(self) -> tuple[LoopThread, httpx.AsyncClient]:
        with self._lock:
            if self._open is None or self._open[0] != os.getpid():
                self._open = (os.getpid(), LoopThread(), self._client())
            return self._open[1:]

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


class _Request:
    """One GET, from the look-up of the name to the last byte."""

    def __init__(
        self, client: httpx.AsyncClient, limits: ReaderLimits, url: str, headers: dict[str, str], limit: int
    ) -> None:
        self._client = client
        self._limits = limits
        self._url = url
        self._headers = headers
        self._limit = limit
        self._received = 0  # bytes on the wire so far, also where it fails

    async def answer(self) -> FeedAnswer:
        """The answer, or `FeedUnavailableError` with what went wrong in words and the bytes it cost."""
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._ask()
        except TimeoutError:
            raise self._unavailable(f"no whole answer within {self._limits.total_seconds:g} s") from None
        except httpx.TimeoutException as error:
            raise self._unavailable(f"no answer in time ({type(error).__name__})") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unavailable(f"{type(error).__name__}: {error}") from error
        except BodyError as error:
            raise self._unavailable(str(error)) from error

    async def _ask(self) -> FeedAnswer:
        async with self._client.stream("GET", self._url, headers=self._headers) as response:
            self._received = size_of(response)
            if response.status_code == httpx.codes.NOT_MODIFIED and self._headers:
                return self._answered(response, None)
            if response.status_code != httpx.codes.OK:
                raise self._refused(response)
            body = Body(response.headers.get("content-encoding", "").strip().lower(), self._limit)
            async for chunk in response.aiter_raw():
                self._received += len(chunk)
                body.feed(chunk)
            return self._answered(response, body.whole())

    def _answered(self, response: httpx.Response, body: bytes | None) -> FeedAnswer:
        headers = response.headers
        return FeedAnswer(
            body=body,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            fresh_for_seconds=fresh_for(headers),
            bytes_received=self._received,
        )

    def _refused(self, response: httpx.Response) -> FeedUnavailableError:
        target = response.headers.get("location", "")[:200]
        moved = f" to {target}: check whether the address of the feeds must be changed" if target else ""
        return self._unavailable(f"the server answered {response.status_code}{moved}", retry_after(response.headers))

    def _unavailable(self, reason: str, retry_after_seconds: float | None = None) -> FeedUnavailableError:
        return FeedUnavailableError(
            f"{self._url}: {reason}", retry_after_seconds=retry_after_seconds, bytes_received=self._received
        )
