"""A feed server on loopback that behaves as JMA's does, and misbehaves where a test tells it to."""

import gzip
import hashlib
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

FEEDS, DATA = "/developer/xml/feed/", "/developer/xml/data/"
TELEGRAM = b'<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control/></Report>'


@dataclass(frozen=True)
class Request:
    """One request as the server saw it, and the status it gave."""

    path: str
    headers: dict[str, str]
    status: int


@dataclass
class Reply:
    """What goes over the wire; a fault changes it."""

    status: int
    headers: dict[str, str]
    body: bytes
    send: Callable[["Handler", bytes], None] = lambda handler, body: handler.wfile.write(body)


Fault = Callable[[Reply], None]


class FeedServer:
    """Feeds and telegrams by path. `faults[path]` are used up by the next requests, one each."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.cache = {"Cache-Control": "max-age=60"}
        self._entries: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
        self._files: dict[str, bytes] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.feeds = self
        self.down = False
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def base_url(self) -> str:
        return self.origin + FEEDS

    def address(self, file: str) -> str:
        return self.origin + DATA + file

    def announce(self, feed: str, file: str, updated: datetime, body: bytes = TELEGRAM, at: int = 0) -> None:
        """Puts a telegram on the server and an entry into the feed, above the first `at` entries."""
        self._files[DATA + file] = body
        self._entries[feed].insert(at, (self.address(file), updated))

    def name(self, feed: str, address: str, updated: datetime) -> None:
        """Puts an entry into the feed that names any address."""
        self._entries[feed].insert(0, (address, updated))

    def forget(self, feed: str, before: datetime) -> None:
        """Takes old entries out of the feed, as JMA does with its short ones."""
        self._entries[feed] = [entry for entry in self._entries[feed] if entry[1] >= before]

    def misbehave(self, path: str, *faults: Fault) -> None:
        """The next requests for a feed (`extra`) or file go wrong so, one after the other."""
        self.faults[path if path.endswith(".xml") else f"{path}.xml"].extend(faults)

    def asked(self, name: str) -> list[Request]:
        """The requests for one feed or file."""
        wanted = name if name.endswith(".xml") else f"{name}.xml"
        return [request for request in self.requests if request.path.rsplit("/", 1)[-1] == wanted]

    def fetched(self) -> list[str]:
        """The files of telegrams that were asked for, in that order, with repetitions."""
        return [request.path.removeprefix(DATA) for request in self.requests if request.path.startswith(DATA)]

    def reply_to(self, path: str, headers: dict[str, str]) -> Reply:
        body = self._files.get(path)
        if path.startswith(FEEDS) and path.endswith(".xml"):
            body = self._atom(path.removeprefix(FEEDS).removesuffix(".xml"))
        if body is None:
            return Reply(404, {}, b"<Error><Code>NoSuchKey</Code></Error>")
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
        answer = {"ETag": etag, "Last-Modified": "Tue, 28 Jul 2026 09:45:11 GMT", **self.cache}
        if headers.get("If-None-Match") == etag:
            return Reply(304, answer, b"")
        packed = gzip.compress(body, mtime=0) if "gzip" in headers.get("Accept-Encoding", "") else body
        if packed is not body:
            answer["Content-Encoding"] = "gzip"
        return Reply(200, answer, packed)

    def _atom(self, feed: str) -> bytes | None:
        if not self._entries[feed]:
            self._entries[feed] = []
        entries = "".join(
            f"<entry><id>{url}</id><updated>{updated:%Y-%m-%dT%H:%M:%SZ}</updated>"
            f'<link type="application/xml" href="{url}"/></entry>'
            for url, updated in self._entries[feed]
        )
        # JMA's feeds are never empty; this entry stands for all that is of no concern here.
        calm = f"<entry><id>{self.address('20260101000000_0_VPZU50_010000.xml')}</id></entry>"
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}{calm}</feed>'.encode()


class Handler(BaseHTTPRequestHandler):
    """One connection; answers what the server says, after the fault that waits for this path."""

    protocol_version = "HTTP/1.1"
    server: ThreadingHTTPServer

    def setup(self) -> None:
        super().setup()
        self.server.feeds.connections += 1

    def do_GET(self) -> None:
        feeds: FeedServer = self.server.feeds
        headers = dict(self.headers.items())
        reply = feeds.reply_to(self.path, headers)
        reply.headers.setdefault("Content-Length", str(len(reply.body)))
        waiting = feeds.faults[self.path.rsplit("/", 1)[-1]]
        if feeds.down:
            status(503)(reply)
        elif waiting:
            waiting.popleft()(reply)
        feeds.requests.append(Request(self.path, headers, reply.status))
        self.send_response(reply.status)
        for header in reply.headers.items():
            self.send_header(*header)
        self.end_headers()
        reply.send(self, reply.body)

    def log_message(self, *_: object) -> None:
        """Says nothing: the tests read `requests`."""


def status(code: int, **headers: str) -> Fault:
    """Another status with a small body of its own."""

    def fault(reply: Reply) -> None:
        body = b"<html>not now</html>"
        reply.status, reply.body = code, body
        reply.headers = {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}

    return fault


def plain(body: bytes) -> Fault:
    """Another body, whole as HTTP sees it."""

    def fault(reply: Reply) -> None:
        reply.body = body
        reply.headers.pop("Content-Encoding", None)
        reply.headers["Content-Length"] = str(len(body))

    return fault


def cut_connection(reply: Reply) -> None:
    """Half of the body, then the connection ends before the announced length."""

    def send(handler: Handler, body: bytes) -> None:
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    reply.send = send


def cut_unannounced(reply: Reply) -> None:
    """Half of the compressed body and the end of the connection, with no length to compare with."""
    cut_connection(reply)
    reply.headers.pop("Content-Length")
    reply.headers["Connection"] = "close"


def waiting_for(event: threading.Event, longest: float = 10.0) -> Fault:
    """The body comes only when the event is set."""

    def fault(reply: Reply) -> None:
        def send(handler: Handler, body: bytes) -> None:
            event.wait(longest)
            handler.close_connection = True
            try:
                handler.wfile.write(body)
            except OSError:
                return  # the reader has gone, as it should

        reply.send = send

    return fault


def dripping(event: threading.Event) -> Fault:
    """A byte now and then, never silent long enough for a read time-out, until the event is set."""

    def fault(reply: Reply) -> None:
        def send(handler: Handler, body: bytes) -> None:
            handler.close_connection = True
            for byte in body:
                if event.wait(0.02):
                    return
                try:
                    handler.wfile.write(bytes([byte]))
                except OSError:
                    return

        reply.send = send

    return fault
