"""The senders of the second channel for a world, from the settings (R1, R21)."""

import logging
from collections.abc import Mapping

from alerts.channel.letter import ChannelSender
from alerts.channel.subscriber import Channel
from alerts.world import LiveWorld, World
from bosai.settings import Settings
from workers.channels.smtp import SmtpSender
from workers.channels.smtp_server import SmtpServer
from workers.channels.webhook import WebhookSender

_log = logging.getLogger(__name__)


def channel_senders(settings: Settings, world: World) -> Mapping[Channel, ChannelSender]:
    """Those that can be used. One that is set wrongly is left out and logged: pushes must go out all the same."""
    senders: dict[Channel, ChannelSender] = {}
    try:
        senders[Channel.WEBHOOK] = WebhookSender(world, ca=settings.channel_ca)
        if (server := mail_server(settings, world)) is not None:
            senders[Channel.EMAIL] = SmtpSender(world, server, ca=settings.channel_ca)
    except ValueError as error:
        _log.error("%s world: the list is not told by every channel: %s", world.name, error)
    return senders


def mail_server(settings: Settings, world: World) -> SmtpServer | None:
    """The world's own mail server; None if none is set. Raises `ValueError`, which names no password."""
    name = "smtp_url" if isinstance(world, LiveWorld) else "drill_smtp_url"
    url, variable = getattr(settings, name), f"BOSAI_{name.upper()}"
    if url is None:
        return None
    if settings.mail_from is None:
        raise ValueError(f"{variable} is set and BOSAI_MAIL_FROM is not: say who mails are from")
    try:
        return SmtpServer.of(url, settings.mail_from)
    except ValueError as error:
        raise ValueError(f"{variable} or BOSAI_MAIL_FROM: {error}") from None
