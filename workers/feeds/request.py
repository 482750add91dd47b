"""One GET to a feed server, bounded as a whole (R9), with the bytes it cost (R23)."""

import asyncio

import httpx

from alerts.ports import FeedAnswer, FeedUnavailableError
from workers.feeds.body import Body, BodyError
from workers.feeds.headers import fresh_for, retry_after, size_of
from workers.feeds.limits import ReaderLimits


class Request:
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
