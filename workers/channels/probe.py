"""Whether a channel could be used now, without sending anything: for `bosai check`."""

import smtplib
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from workers.channels.smtp_server import SmtpServer
from workers.channels.tls import trusting

SECONDS = 3.0


def probe_mail(server: SmtpServer, ca: Path | None) -> str | None:
    """What is wrong; None if the server takes the account. Greets, logs in and leaves."""
    try:
        client = server.connect(trusting(ca), SECONDS)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return " ".join(str(error).split())[:200] or type(error).__name__
    with suppress(smtplib.SMTPException, OSError):
        client.quit()
    return None


def probe_webhook(url: str, ca: Path | None) -> str | None:
    """What is wrong; None if its server shows a certificate that is trusted. Asks it for nothing."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        with (
            socket.create_connection((host, parts.port or 443), timeout=SECONDS) as plain,
            trusting(ca).wrap_socket(plain, server_hostname=host),
        ):
            return None
    except (OSError, ValueError) as error:
        return " ".join(str(error).split())[:200] or type(error).__name__
