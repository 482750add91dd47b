"""Puts a world together: its database, pack, clock, nudge, sender and wording (design.md §1)."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.ports import Clock, Nudge, PushSender
from alerts.service.feeds import FeedSettings
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE, DrillWorld, LiveWorld, World
from bosai import embedded, folder
from bosai.channel_wiring import channel_senders
from bosai.clock import StoryClock, SystemClock
from bosai.settings import Settings
from workers.app import create_publisher
from workers.fcm.apart.sender import ApartSender
from workers.fcm.none import NoSender
from workers.fcm.pace import Pace, Quota
from workers.fcm.sender import drill_sender, live_sender
from workers.fcm.shared_pace import shared_pace
from workers.feeds import HttpxFeedReader
from workers.nudge import CeleryNudge
from workers.tasks.feeds import Polling

_log = logging.getLogger(__name__)

WORLDS: dict[str, World] = {"live": LIVE, "drill": DRILL}


class Worlds(Mapping[str, Services]):
    """The services of both worlds, each made when it is first asked for, in the process that asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[tuple[int, str], Services] = {}
        self._lock = RLock()

    def __getitem__(self, name: str) -> Services:
        key = (os.getpid(), name)
        with self._lock:
            if key not in self._open:
                self._open[key] = self._make(WORLDS[name])
            return self._open[key]

    def __iter__(self) -> Iterator[str]:
        return iter(WORLDS)

    def __len__(self) -> int:
        return len(WORLDS)

    def close(self) -> None:
        """Closes what this process opened: senders first, they may still record."""
        with self._lock:
            for key in [key for key in self._open if key[0] == os.getpid()]:
                services = self._open.pop(key)
                services.sender.close()
                for sender in services.channels.values():
                    sender.close()
                services.database.dispose()

    def _make(self, world: World) -> Services:
        return Services(
            world=world,
            database=database(self._settings, world),
            pack=self._pack,
            clock=clock(self._settings, world),
            nudge=self._nudge(world),
            sender=self._sender(world),
            cipher=AddressCipher(*folder.secret_keys(self._settings)),
            wording=self._wording_of(world),
            environment=self._settings.environment,
            public_url=self._settings.public_url or "",
            channels=channel_senders(self._settings, world),
        )

    def _sender(self, world: World) -> PushSender:
        """A key that cannot be used must not take the reads from residents: nothing is sent, and readiness says so."""
        try:
            return sender(self._settings, world)
        except ValueError as error:
            _log.error("%s world: nothing is sent: %s", world.name, error)
            return NoSender()

    def _nudge(self, world: World) -> Nudge:
        return CeleryNudge(create_publisher(broker_url(self._settings)), world.name)

    @cached_property
    def _pack(self) -> CityPack:
        return load_pack(pack_path(self._settings.city))

    def _wording_of(self, world: World) -> Wording:
        """A drill may say what nobody has reviewed yet; real residents hear it where the city says so (decision 14)."""
        if isinstance(world, DrillWorld):
            return self._wording
        return self._wording.withholding(but=self._pack.policy.unreviewed)

    @cached_property
    def _wording(self) -> Wording:
        return Wording.load()


def pack_path(city: str) -> Path:
    """The pack that `BOSAI_CITY` means: a path as it stands, a bare name among the bundled ones."""
    return Path(city) if os.sep in city or city.endswith(".toml") else bundled(city)


def database(settings: Settings, world: World) -> Database:
    """The world's own database (R1)."""
    url = folder.database_url(settings, world.name)
    if url.startswith("sqlite:"):
        folder.create(settings.data)
    return Database(url, world)


def clock(settings: Settings, world: World) -> Clock:
    """The machine's clock; a drill world may live in a story (R1: the live world never does)."""
    if isinstance(world, DrillWorld) and settings.story_clock is not None:
        return StoryClock(settings.story_clock)
    return SystemClock()


def broker_url(settings: Settings) -> str:
    """The broker that is set, else the Valkey server that `bosai serve` runs on this data folder."""
    return settings.redis_url or embedded.broker_url(settings.data.absolute())


def polling(settings: Settings) -> Polling | None:
    """The reader of JMA's feeds and what it reads; None where polling is switched off."""
    return Polling(HttpxFeedReader(), FeedSettings(settings.feed_url)) if settings.feeds else None


def sender(settings: Settings, world: World) -> PushSender:
    """The world's sender; without a key, or without a fake FCM for the drill, one that sends nothing and says so.

    Raises ValueError for a key or an address that cannot be used.
    """
    match world:
        case LiveWorld() if settings.firebase_key:
            return ApartSender(
                partial(
                    live_sender,
                    world,
                    settings.firebase_key,
                    critical_entitlement=settings.apns_critical,
                    pace=pace(settings, world),
                    carrier=settings.fcm_transport,
                )
            )
        case DrillWorld() if settings.drill_fcm_url and settings.drill_fcm_ca:
            return ApartSender(
                partial(
                    drill_sender,
                    world,
                    settings.drill_fcm_url,
                    settings.drill_fcm_ca,
                    critical_entitlement=settings.apns_critical,
                    pace=pace(settings, world),
                    carrier=settings.fcm_transport,
                )
            )
        case _:
            return NoSender()


def pace(settings: Settings, world: World) -> Callable[[], Pace]:
    """Makes a world's one for all its workers, kept by the broker's server.

    R1: a drill uses up nothing of the live world's.
    """
    url = settings.redis_url or f"unix://{quote(str(embedded.socket_path(settings.data.absolute())))}"
    return partial(shared_pace, url, world.name, Quota(settings.fcm_quota))
