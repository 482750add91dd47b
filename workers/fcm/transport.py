"""Posts of FCM messages over HTTP/2, on handles and connections that are used again and again (push.md §7.3)."""

from dataclasses import dataclass, field
from typing import Generic

import pycurl

from alerts.ports import Address
from alerts.world import DrillWorld
from workers.fcm.carrier import CLIENT_HEADERS, Limits, Reply, T
from workers.fcm.endpoint import Endpoint
from workers.fcm.multi import EpollMulti, open_loopback_socket
from workers.fcm.payload import Template

_HEADERS = ["Content-Type: application/json", *(f"{name}: {value}" for name, value in CLIENT_HEADERS.items())]


@dataclass(slots=True, eq=False)
class _Slot(Generic[T]):
    """A request in the making; kept and used again, as is its connection."""

    curl: pycurl.Curl
    parts: list[bytes] = field(default_factory=list)
    bearer: str = ""
    item: T | None = None


class Transport(Generic[T]):
    """Posts bodies that were encoded once, over many connections (`Carrier`)."""

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._multi = EpollMulti(limits.connections, limits.streams)
        self._idle: list[_Slot[T]] = []
        self._busy: dict[pycurl.Curl, _Slot[T]] = {}
        self.width = limits.width

    @property
    def in_flight(self) -> int:
        """Posts without a reply."""
        return len(self._busy)

    @property
    def room(self) -> int:
        """Posts that may be added now."""
        return self.width - len(self._busy)

    def post(self, item: T, template: Template, address: Address, bearer: str) -> None:
        """Starts one post; `item` comes back with its reply."""
        slot = self._idle.pop() if self._idle else self._new_slot()
        if slot.bearer != bearer:
            slot.bearer = bearer
            slot.curl.setopt(pycurl.HTTPHEADER, [*_HEADERS, f"Authorization: Bearer {bearer}"])
        slot.item = item
        slot.parts.clear()
        slot.curl.setopt(pycurl.POSTFIELDS, template.addressed(address))
        self._busy[slot.curl] = slot
        self._multi.add(slot.curl)

    def wait(self, seconds: float) -> list[Reply[T]]:
        """Moves bytes until something happens, at most `seconds`, and returns the posts that ended."""
        self._multi.turn(seconds)
        return self._ended()

    def abandon(self) -> None:
        """Takes back every post that has no reply; whether FCM had it already is not known."""
        for curl, slot in self._busy.items():
            self._multi.remove(curl)
            self._release(slot)
        self._busy.clear()

    def close(self) -> None:
        """Closes connections and everything else."""
        self.abandon()
        self._multi.close()
        for slot in self._idle:
            slot.curl.close()

    def _ended(self) -> list[Reply[T]]:
        replies: list[Reply[T]] = []
        remaining = 1
        while remaining:
            remaining, answered, broken = self._multi.finished()
            for curl in answered:
                status = curl.getinfo(pycurl.RESPONSE_CODE)
                retry_after = 0 if status == 200 else curl.getinfo(pycurl.RETRY_AFTER)  # noqa: PLR2004 - HTTP's own
                replies.append(self._end(curl, status, retry_after, None))
            for curl, number, text in broken:
                replies.append(self._end(curl, 0, 0, text or f"libcurl error {number}"))
        return replies

    def _end(self, curl: pycurl.Curl, status: int, retry_after: float, broken: str | None) -> Reply[T]:
        slot = self._busy.pop(curl)
        assert slot.item is not None  # noqa: S101 - set by `post`
        reply = Reply(slot.item, slot.bearer, status, b"".join(slot.parts), retry_after, broken)
        self._multi.remove(curl)
        self._release(slot)
        return reply

    def _release(self, slot: _Slot[T]) -> None:
        slot.item = None
        self._idle.append(slot)

    def _new_slot(self) -> _Slot[T]:
        curl = pycurl.Curl()
        slot: _Slot[T] = _Slot(curl)
        curl.setopt(pycurl.URL, self._endpoint.url)
        curl.setopt(pycurl.CAINFO, str(self._endpoint.ca))
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.TCP_KEEPALIVE, 1)
        curl.setopt(pycurl.TIMEOUT_MS, int(self._limits.timeout * 1000))
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(self._limits.connect_timeout * 1000))
        curl.setopt(pycurl.WRITEFUNCTION, slot.parts.append)
        if isinstance(self._endpoint.world, DrillWorld):
            curl.setopt(pycurl.NOPROXY, "*")
            curl.setopt(pycurl.OPENSOCKETFUNCTION, open_loopback_socket)
        return slot
