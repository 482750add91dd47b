"""E-mail by SMTP: one mail for one person, over connections that are kept for the next (R21)."""

import os
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

from alerts.channel.letter import SEND_SECONDS, Answer, Letter, Taken
from alerts.channel.subscriber import Channel, same_world
from alerts.world import World
from workers.channels.mail import mail
from workers.channels.smtp_server import SmtpServer
from workers.channels.tls import trusting

DOWN_SECONDS = 3.0  # after a failure nobody else waits for the same server
KEPT_SECONDS = 20.0  # an idle connection; mail servers close what is idle for long
_STEP_SECONDS = 5.0  # one command
_PASSING = 400  # from this reply code on it is not taken now,
_FOR_GOOD = 500  # from this one on never


class SmtpSender:
    """The `ChannelSender` for e-mail. Connections are opened when they are needed, and anew after a fork."""

    channel = Channel.EMAIL

    def __init__(
        self, world: World, server: SmtpServer, *, ca: Path | None = None, seconds: float = SEND_SECONDS
    ) -> None:
        """`ca` is a certificate authority trusted besides the usual ones. Raises `ValueError` if it is none."""
        self.world = world
        self._server = server
        self._trusted: ssl.SSLContext = trusting(ca)
        self._seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[tuple[int, float, smtplib.SMTP]] = []  # process id, since when, connection
        self._down_until, self._down_because = 0.0, ""

    def send(self, letter: Letter) -> Answer:
        """Hands one mail in. Taken by the server is not in the mailbox: a bounce goes to the sender's address."""
        same_world(self.world, letter.world, f"a letter to {letter.subscriber.id}")
        if time.monotonic() < self._down_until:
            return Answer(Taken.NOT_NOW, self._down_because, own_fault=True)
        end = time.monotonic() + self._seconds
        try:
            client = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            return self._is_down(f"cannot be used: {_words(error)}")
        with _ended_at(client, end):
            answer = self._hand_over(client, mail(letter, self._server.sender), letter.target.address)
        if answer.taken is Taken.ACCEPTED:
            self._keep(client)
        else:
            client.close()
        return answer

    def close(self) -> None:
        """Closes the connections; a later letter opens new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for pid, _, client in idle:
            if pid == os.getpid():
                client.close()

    def _hand_over(self, client: smtplib.SMTP, message: EmailMessage, to: str) -> Answer:
        """Command by command: only a loss after the text was begun leaves it in doubt."""
        try:
            code, said = client.mail(self._server.sender.addr_spec)
            if code >= _PASSING:
                return self._is_down(f"refuses the sender: {_reply(code, said)}")
            code, said = client.rcpt(to)
            if code >= _PASSING:
                taken = Taken.REFUSED if code >= _FOR_GOOD else Taken.NOT_NOW
                return Answer(taken, f"the mail server refuses the recipient: {code}")  # its words name the address
        except (smtplib.SMTPException, OSError) as error:
            return self._is_down(f"broke off: {_words(error)}")
        return self._say(client, message)

    def _say(self, client: smtplib.SMTP, message: EmailMessage) -> Answer:
        try:
            code, said = client.data(message.as_bytes())
        except smtplib.SMTPDataError as error:  # before the text
            return self._is_down(f"takes no text: {_reply(error.smtp_code, error.smtp_error)}")
        except (smtplib.SMTPException, OSError) as error:
            return Answer(Taken.NOT_NOW, f"no answer to the text: {_words(error)}", doubtful=True)
        if code < _PASSING:
            return Answer(Taken.ACCEPTED, _reply(code, said))
        if code >= _FOR_GOOD:
            return Answer(Taken.REFUSED, f"the mail server refuses the text: {_reply(code, said)}")
        return self._is_down(f"takes no mail now: {_reply(code, said)}")

    def _connected(self) -> smtplib.SMTP:
        """An idle connection that still answers, or a new one."""
        while (client := self._take_idle()) is not None:
            with suppress(smtplib.SMTPException, OSError):
                if client.noop()[0] < _PASSING:
                    return client
            client.close()
        return self._server.connect(self._trusted, _STEP_SECONDS)

    def _take_idle(self) -> smtplib.SMTP | None:
        with self._lock:
            here = [one for one in self._idle if one[0] == os.getpid()]
            self._idle = here[:-1]
        return here[-1][2] if here else None

    def _keep(self, client: smtplib.SMTP) -> None:
        """For the next mail; those that were idle for long are closed."""
        now = time.monotonic()
        with self._lock:
            old = [one for one in self._idle if now - one[1] > KEPT_SECONDS]
            self._idle = [one for one in self._idle if one not in old] + [(os.getpid(), now, client)]
        for pid, _, idle in old:
            if pid == os.getpid():
                idle.close()

    def _is_down(self, because: str) -> Answer:
        """Others do not wait for what has just failed."""
        self._down_because = f"{self._server.host} {because}"
        self._down_until = time.monotonic() + DOWN_SECONDS
        return Answer(Taken.NOT_NOW, self._down_because, own_fault=True)


@contextmanager
def _ended_at(client: smtplib.SMTP, end: float) -> Iterator[None]:
    """Cuts the connection at that time: each command has its own, and a server that drips could take for ever."""
    timer = threading.Timer(max(0.0, end - time.monotonic()), _cut, (client,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(client: smtplib.SMTP) -> None:
    if client.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(client.sock, socket.SHUT_RDWR)


def _reply(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"[:200]


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
