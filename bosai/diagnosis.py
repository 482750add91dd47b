"""What is configured, reachable and missing on this machine (`bosai check`)."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from celery import Celery
from sqlalchemy.exc import SQLAlchemyError

from alerts.city.pack import CityPack
from alerts.store.database import Database, DatabaseNotReadyError
from alerts.store.device import STALE_AFTER
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE, World, WorldMismatchError
from bosai import embedded, folder
from bosai.channel_check import channel_findings
from bosai.clock import SystemClock
from bosai.clock_check import clock_problem
from bosai.finding import Finding, State, short
from bosai.settings import JMA_FEEDS, Settings, SettingsError, unknown_variables
from bosai.startup import publisher
from bosai.wiring import database, sender


def diagnose(settings: Settings, pack: CityPack) -> Iterator[Finding]:
    """Looks at everything, one finding after the other; a broken thing does not hide the next."""
    districts, sites = len(pack.districts), len(pack.sites)
    yield Finding("city", State.OK, f"{pack.codes.name}, {districts} districts, {sites} sites; {pack.root}")
    looks: list[Callable[[], Finding]] = [
        partial(_wording, pack),
        partial(_data_folder, settings),
        partial(_secret_key, settings),
        partial(_bundle_key, settings),
        partial(_database, settings, LIVE),
        partial(_database, settings, DRILL),
        partial(_broker, settings),
        partial(_live_push, settings),
        partial(_drill_push, settings),
        partial(_feeds, settings),
    ]
    for look in looks:
        yield look()
    for world in (LIVE, DRILL):
        yield from channel_findings(settings, world)
    for name in unknown_variables():
        yield Finding("settings", State.FAILED, f"{name} is no setting of this service; is it misspelt?")


def _wording(pack: CityPack) -> Finding:
    """Which languages residents hear, and which wait for a review (decision 14)."""
    wording, said = Wording.load(), pack.policy.unreviewed
    if unknown := sorted(set(said) - set(wording.languages)):
        have = ", ".join(wording.languages)
        return Finding("wording", State.FAILED, f"policy.toml, unreviewed: no language {unknown[0]}; there is: {have}")
    waiting = ", ".join(tag for tag, table in wording.tables.items() if tag not in said and not table.reviewed)
    unread = f"said as they are: {', '.join(said) or 'none'}; waiting for a review: {waiting or 'none'}"
    return Finding("wording", State.OK, unread)


def _data_folder(settings: Settings) -> Finding:
    path = settings.data.absolute()
    if not path.exists():
        return Finding("data folder", State.OFF, f"{path} is not there yet; bosai serve makes it")
    try:
        with tempfile.TemporaryFile(dir=path):
            return Finding("data folder", State.OK, str(path))
    except OSError as error:
        return Finding("data folder", State.FAILED, f"{path} cannot be written ({error.strerror}); set BOSAI_DATA")


def _secret_key(settings: Settings) -> Finding:
    if settings.secret_key is None and not (settings.data / "secret.key").exists():
        state = State.FAILED if settings.environment == "production" else State.OFF
        return Finding("secret key", state, "BOSAI_SECRET_KEY is not set; bosai serve makes one in the data folder")
    try:
        folder.secret_keys(settings)
    except (SettingsError, OSError) as error:
        return Finding("secret key", State.FAILED, str(error))
    said = "phones' addresses are encrypted with it; keep a copy apart from the data"
    if settings.former_secret_key:
        said = "a former one is set, too: run bosai reseal, then unset BOSAI_FORMER_SECRET_KEY"
    return Finding("secret key", State.OK, said)


def _bundle_key(settings: Settings) -> Finding:
    if settings.bundle_key is None and settings.environment == "production":
        return Finding("bundle key", State.FAILED, "BOSAI_BUNDLE_KEY is not set: phones get no offline bundle")
    if settings.bundle_key is None and not (settings.data / "bundle.key").exists():
        return Finding("bundle key", State.OFF, "BOSAI_BUNDLE_KEY is not set; bosai serve makes one in the data folder")
    try:
        number = len(folder.bundle_secrets(settings))
    except (SettingsError, OSError) as error:
        return Finding("bundle key", State.FAILED, str(error))
    return Finding(
        "bundle key", State.OK, "offline bundles are signed with it" + (", and with the former" * (number - 1))
    )


def _database(settings: Settings, world: World) -> Finding:
    name, url = f"{world.name} database", folder.database_url(settings, world.name)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return Finding(name, State.OFF, f"{url} is not there yet; bosai serve or bosai migrate makes it")
    try:
        opened = database(settings, world)
        opened.check_world()
        wrong_clock = clock_problem(opened, SystemClock())
        phones = _phones(opened)
        opened.dispose()
    except (DatabaseNotReadyError, WorldMismatchError, SQLAlchemyError, ValueError) as error:
        return Finding(name, State.FAILED, f"{short(error)}; check the URL, then run bosai migrate")
    if wrong_clock:
        return Finding(name, State.FAILED, wrong_clock)
    return Finding(name, State.OK, f"{opened.safe_url}; {phones}")


def _phones(opened: Database) -> str:
    """A stale phone is told all the same: silence is no proof that it is gone."""
    with opened.read() as uow:
        known, unreachable, stale = uow.devices.counts(SystemClock().now() - STALE_AFTER)
    return (
        f"{known} phones, {unreachable} of them unknown to Firebase, {stale} stale (silent for {STALE_AFTER.days} days)"
    )


def _broker(settings: Settings) -> Finding:
    if settings.redis_url is None and not embedded.socket_path(settings.data.absolute()).exists():
        return Finding("broker", State.OFF, "bosai serve runs its own Valkey; it is not running now")
    try:
        _connect(publisher(settings))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the broker is the finding
        return Finding("broker", State.FAILED, f"does not answer: {short(error)}; check BOSAI_REDIS_URL")
    return Finding("broker", State.OK, "answers" if settings.redis_url else "the embedded Valkey answers")


def _connect(app: Celery) -> None:
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=2)


def _live_push(settings: Settings) -> Finding:
    if settings.firebase_key is None:
        state = State.FAILED if settings.environment == "production" else State.OFF
        return Finding("push", state, "no BOSAI_FIREBASE_KEY: pushes are kept in the outbox and reach nobody")
    try:
        sender(settings, LIVE).close()
    except ValueError as error:
        return Finding("push", State.FAILED, str(error))
    return Finding("push", State.OK, f"FCM, with the key {settings.firebase_key}")


def _drill_push(settings: Settings) -> Finding:
    if settings.drill_fcm_url is None:
        return Finding("drill push", State.OFF, "bosai serve runs its own fake FCM server")
    try:
        sender(settings, DRILL).close()
    except ValueError as error:
        return Finding("drill push", State.FAILED, str(error))
    return Finding("drill push", State.OK, settings.drill_fcm_url)


def _feeds(settings: Settings) -> Finding:
    if not settings.feeds:
        return Finding("feeds", State.OFF, "BOSAI_FEEDS is off: no telegram comes in")
    whose = "JMA's own" if settings.feed_url == JMA_FEEDS else "not JMA's own"
    return Finding("feeds", State.OK, f"{settings.feed_url} ({whose}; not asked now)")
