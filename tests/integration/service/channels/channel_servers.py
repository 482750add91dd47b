"""Real servers on loopback: a mail server with TLS and accounts, and an HTTPS server that takes webhooks."""

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from alerts.channel.subscriber import Channel
from workers.channels.smtp import SmtpSender
from workers.channels.smtp_server import SmtpServer
from workers.channels.webhook import WebhookSender

FROM = "見本市 防災情報 <bosai@city.example.jp>"
SECONDS = 10.0  # a whole try; a loaded machine may need some of them
USER, PASSWORD, IN_A_URL = "bosai", "p@ss:word", "p%40ss%3Aword"


@dataclass
class Mailbox:
    """What a mail server was handed; `replies` answer a recipient, `text_replies` the text of a mail, one each."""

    mails: list = field(default_factory=list)
    replies: dict = field(default_factory=dict)
    text_replies: list = field(default_factory=list)
    silent: bool = False
    sessions: set = field(default_factory=set)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd calls it so
        self.sessions.add(id(session))
        if reply := self.replies.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        reply = self.text_replies.pop(0) if self.text_replies else "250 taken"
        if reply == "silence":
            await asyncio.sleep(3600)
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        if reply == "lost":
            server.transport.abort()
        return reply


class MailServer:
    """A mail server that speaks STARTTLS, or TLS from the first byte, and asks for an account."""

    def __init__(self, tls: ssl.SSLContext, *, implicit: bool = False, accounts: bool = True):
        self.box = Mailbox()
        self.scheme = "smtps" if implicit else "smtp"
        how = {"ssl_context": tls} if implicit else {"tls_context": tls, "require_starttls": True}
        if accounts:
            how |= {
                "authenticator": self._account,
                "auth_required": not implicit,
                "auth_require_tls": not implicit,
            }
        self._how = how
        self.port = 0

    def _account(self, server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def start(self) -> Self:
        self._controller = Controller(
            self.box, hostname="127.0.0.1", port=self.port, server_hostname="mail", **self._how
        )
        if not self.port:
            self._controller.port = _free_port()
        self.port = self._controller.port
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    def url(self, written: str = IN_A_URL) -> str:
        return f"{self.scheme}://{USER}:{written}@localhost:{self.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Taken:
    """One request as it came."""

    path: str
    headers: dict
    body: bytes


class HookServer:
    """Takes webhooks. `answers[path]` are used up, one a request: a status, with headers, or `hang`, or `drop`."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.taken: list[Taken] = []
        self.answers: dict[str, list] = {}
        self.always: dict[str, object] = {}
        self.released = threading.Event()
        self.pause = 0.0  # seconds until it answers
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.hooks = self
        self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self._http.handle_error = lambda *_: None
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()

    def url(self, path: str) -> str:
        return f"https://localhost:{self._http.server_address[1]}{path}"

    def at(self, path: str) -> list[Taken]:
        return [one for one in self.taken if one.path == path]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        hooks = self.server.hooks
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hooks.taken.append(Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        queued = hooks.answers.get(self.path)
        answer = queued.pop(0) if queued else hooks.always.get(self.path, 204)
        hooks.released.wait(hooks.pause)
        if answer == "hang":
            hooks.released.wait()
            return
        if answer == "drop":
            self.close_connection = True
            return
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def senders(world, mail_server, ca, seconds=SECONDS):
    server = SmtpServer.of(mail_server.url(), FROM)
    return {
        Channel.EMAIL: SmtpSender(world, server, ca=ca, seconds=seconds),
        Channel.WEBHOOK: WebhookSender(world, ca=ca, seconds=seconds),
    }


@contextmanager
def with_senders(services, mail_server, ca):
    """The services with senders of their own, closed in the end."""
    made = senders(services.world, mail_server, ca)
    yield replace(services, channels=made)
    for sender in made.values():
        sender.close()
