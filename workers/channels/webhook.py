"""Signed webhooks over HTTPS (issue 7.6): one POST a letter, bounded as a whole, no redirect, no proxy."""

import asyncio
from pathlib import Path

import httpx

from alerts.channel.letter import SEND_SECONDS, Answer, Letter, Taken
from alerts.channel.subscriber import Channel, same_world
from alerts.world import World
from workers.channels.event import event
from workers.channels.signature import headers
from workers.channels.tls import trusting
from workers.feeds.headers import retry_after
from workers.loop import LoopClient

USER_AGENT = "bosai/0.1 (disaster-prevention alerts of a municipality; signed, see Standard Webhooks)"
REFUSED = frozenset({400, 410, 413, 415, 422})  # of this very letter; any other answer may pass, a fault of theirs too
GONE = 410
_CONNECT_SECONDS = 3.0


class WebhookSender:
    """The `ChannelSender` for webhooks. Its connections open with the first letter, and anew after a fork."""

    channel = Channel.WEBHOOK

    def __init__(self, world: World, *, ca: Path | None = None, seconds: float = SEND_SECONDS) -> None:
        """`ca` is a certificate authority trusted besides the usual ones. Raises `ValueError` if it is none."""
        self.world = world
        self._trusted = trusting(ca)
        self._seconds = seconds
        self._http = LoopClient("webhooks", self._client)

    def send(self, letter: Letter) -> Answer:
        """One POST. Only 2xx means that it was taken."""
        same_world(self.world, letter.world, f"a letter to {letter.subscriber.id}")
        body, message_id = event(letter), f"msg_{letter.id}"
        try:
            signed = headers(letter.target.secrets, message_id, int(letter.at.timestamp()), body)
        except ValueError as error:
            return Answer(Taken.REFUSED, str(error))
        return self._http.run(lambda client: self._post(client, letter.target.address, body, signed))

    def close(self) -> None:
        """Closes the connections; a later letter opens new ones."""
        self._http.close()

    async def _post(self, client: httpx.AsyncClient, url: str, body: bytes, signed: dict[str, str]) -> Answer:
        try:
            async with (
                asyncio.timeout(self._seconds),
                client.stream("POST", url, content=body, headers=signed) as response,
            ):
                return _read(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            return Answer(Taken.NOT_NOW, f"cannot be reached: {_words(error)}")
        except TimeoutError:
            return Answer(Taken.NOT_NOW, f"no answer within {self._seconds:g} s", doubtful=True)
        except httpx.HTTPError as error:
            return Answer(Taken.NOT_NOW, f"no answer: {_words(error)}", doubtful=True)

    def _client(self) -> httpx.AsyncClient:
        """No redirects: the address is configured, and nothing in an answer may send an alert elsewhere."""
        return httpx.AsyncClient(
            headers={"User-Agent": USER_AGENT, "Content-Type": "application/json", "Accept": "*/*"},
            timeout=httpx.Timeout(self._seconds, connect=_CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
            verify=self._trusted,
        )


def _read(response: httpx.Response) -> Answer:
    """By the status alone; what the body says is not read."""
    status = response.status_code
    if response.is_success:
        return Answer(Taken.ACCEPTED, f"answered {status}")
    if status in REFUSED:
        return Answer(Taken.REFUSED, f"refused with {status}", gone=status == GONE)
    hint = ": its address was changed, put the new one on the list" if response.is_redirect else ""
    return Answer(Taken.NOT_NOW, f"answered {status}{hint}", wait=retry_after(response.headers) or 0.0)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
