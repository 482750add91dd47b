"""The second channel in `bosai check`: what is set, who is listed, and what can be reached; nothing is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from alerts.channel.subscriber import Channel, Subscriber
from alerts.store.cipher import SUBSCRIBER, AddressCipher
from alerts.store.database import Database, DatabaseNotReadyError
from alerts.world import World, WorldMismatchError
from bosai import folder
from bosai.channel_wiring import mail_server
from bosai.finding import Finding, State, short
from bosai.settings import Settings
from workers.channels.probe import probe_mail, probe_webhook
from workers.channels.smtp_server import SmtpServer

_AT_ONCE = 16
_NOT_LISTED = (DatabaseNotReadyError, WorldMismatchError, SQLAlchemyError, ValueError)


def channel_findings(settings: Settings, world: World) -> Iterator[Finding]:
    """E-mail, then webhooks, of one world."""
    try:
        listed = _listed(settings, world)
    except _NOT_LISTED as error:
        yield Finding(f"{world.name} list", State.FAILED, short(error))
        return
    mails = [one for one, _ in listed if one.channel is Channel.EMAIL]
    yield _mail(settings, world, mails)
    yield _webhooks(settings, world, [(one, url) for one, url in listed if one.channel is Channel.WEBHOOK])


def _mail(settings: Settings, world: World, listed: list[Subscriber]) -> Finding:
    name = f"{world.name} e-mail"
    try:
        server = mail_server(settings, world)
    except ValueError as error:
        return Finding(name, State.FAILED, str(error))
    if server is None:
        variable = "BOSAI_SMTP_URL" if world.name == "live" else "BOSAI_DRILL_SMTP_URL"
        state = State.FAILED if listed else State.OFF
        return Finding(name, state, f"{variable} is not set; {_counted(listed)}")
    return _reached(name, server, settings.channel_ca, listed)


def _reached(name: str, server: SmtpServer, ca: Path | None, listed: list[Subscriber]) -> Finding:
    where = f"{server.scheme}://{server.host}:{server.port}"
    if problem := probe_mail(server, ca):
        return Finding(name, State.FAILED, f"{where} cannot be used: {problem}; {_counted(listed)}")
    return Finding(name, _state(listed), f"{where} takes mail from {server.sender.addr_spec}; {_counted(listed)}")


def _webhooks(settings: Settings, world: World, listed: list[tuple[Subscriber, str]]) -> Finding:
    name = f"{world.name} webhooks"
    if not listed:
        return Finding(name, State.OFF, "nobody is listed")
    everybody = [one for one, _ in listed]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        problems = pool.map(partial(probe_webhook, ca=settings.channel_ca), [url for _, url in listed])
        away = [f"{one.name}: {problem}" for one, problem in zip(everybody, problems, strict=True) if problem]
    if away:
        return Finding(name, State.LOOK, f"{_counted(everybody)}; cannot be reached now: {'; '.join(away)}")
    return Finding(name, _state(everybody), f"{_counted(everybody)}; all can be reached")


def _listed(settings: Settings, world: World) -> list[tuple[Subscriber, str]]:
    """Who is told, with the address in the clear; asking must not make a database or a key."""
    url = folder.database_url(settings, world.name)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return []
    opened = Database(url, world)
    try:
        with opened.read() as uow:
            found = [(one, uow.subscribers.target(one.id)) for one in uow.subscribers.all()]
    finally:
        opened.dispose()
    cipher = AddressCipher(*folder.secret_keys(settings)) if found else None
    return [(one, cipher.opened(sealed.address_cipher, SUBSCRIBER)) for one, sealed in found] if cipher else []


def _counted(listed: list[Subscriber]) -> str:
    failing = sum(one.failing_since is not None and one.disabled_at is None for one in listed)
    disabled = sum(one.disabled_at is not None for one in listed)
    return f"{len(listed)} listed, {failing} not reached lately, {disabled} disabled"


def _state(listed: list[Subscriber]) -> State:
    return State.LOOK if any(one.failing_since or one.disabled_at for one in listed) else State.OK
