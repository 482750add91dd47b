"""Where mail is handed in: one mail server, by TLS from the first byte or from STARTTLS on."""

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

from alerts.channel.address import mailbox_problem

_PORTS = {"smtps": 465, "smtp": 587}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server, the account there, and who mails are from."""

    scheme: Literal["smtps", "smtp"]
    host: str
    port: int
    user: str | None
    password: str | None
    sender: Address

    @classmethod
    def of(cls, url: str, sender: str) -> "SmtpServer":
        """From `smtps://user:password@host:465` (TLS) or `smtp://…:587` (STARTTLS). Raises `ValueError`, without it."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("expected smtps://user:password@host:465 or smtp://user:password@host:587")
        user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
        if (user is None) is not (password is None):
            raise ValueError("a user goes with a password; a : or @ in either is written %3A or %40")
        scheme: Literal["smtps", "smtp"] = "smtps" if parts.scheme == "smtps" else "smtp"
        return cls(scheme, parts.hostname, port or _PORTS[scheme], user, password, _address(sender))

    @property
    def is_local(self) -> bool:
        """Whether it is this machine: then, and only then, mail may be handed over without TLS."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def connect(self, trusted: ssl.SSLContext, seconds: float) -> smtplib.SMTP:
        """A connection that may send. Raises `smtplib.SMTPException` or `OSError`."""
        if self.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=seconds, context=trusted)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=seconds)
        try:
            self._begin(client, trusted)
        except BaseException:
            client.close()
            raise
        return client

    def _begin(self, client: smtplib.SMTP, trusted: ssl.SSLContext) -> None:
        client.ehlo_or_helo_if_needed()
        if self.scheme == "smtp":
            if client.has_extn("starttls"):
                client.starttls(context=trusted)
                client.ehlo()
            elif not self.is_local:
                raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS, and nothing is sent in the clear")
        if self.user is not None and self.password is not None:
            client.login(self.user, self.password)


def _address(sender: str) -> Address:
    name, mailbox = parseaddr(sender)
    if mailbox_problem(mailbox) or not name.isprintable():
        raise ValueError("the sender must be an address such as 見本市 防災情報 <bosai@city.example.jp>")
    local, _, domain = mailbox.rpartition("@")
    return Address(name, local, domain)
