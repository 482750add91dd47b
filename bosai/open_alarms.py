"""The open alarms of both worlds, for `bosai check`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from alerts.service.readiness import URGENT_ALARMS
from alerts.store.alarm import Alarm, OpenKind
from alerts.store.database import DatabaseNotReadyError
from alerts.world import DRILL, LIVE, World, WorldMismatchError
from bosai import folder
from bosai.finding import Finding, State
from bosai.settings import Settings
from bosai.wiring import database

AT_MOST = 50  # of one world


@dataclass(frozen=True, slots=True)
class WorldAlarms:
    """What is open in one world: counted by kind, and the newest of them."""

    world: str
    kinds: tuple[OpenKind, ...]
    newest: tuple[Alarm, ...]

    @property
    def finding(self) -> Finding:
        """All of them in one line; only the live world's urgent ones say that something is wrong now."""
        urgent = self.world == LIVE.name and any(one.kind in URGENT_ALARMS for one in self.kinds)
        said = ", ".join(f"{one.count} {one.kind}" for one in self.kinds)
        state = State.FAILED if urgent else State.LOOK
        return Finding(f"{self.world} alarms", state, f"open: {said}; docs/operations.md says what to do")


def open_alarms(settings: Settings) -> Iterator[WorldAlarms]:
    """The worlds in which something is open. One whose database cannot be read is a finding of its own."""
    for world in (LIVE, DRILL):
        if _is_there(settings, world) and (found := _read(settings, world)):
            yield found


def _is_there(settings: Settings, world: World) -> bool:
    """Asking must not make a database."""
    url = folder.database_url(settings, world.name)
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def _read(settings: Settings, world: World) -> WorldAlarms | None:
    try:
        opened = database(settings, world)
        with opened.read() as uow:
            kinds, newest = tuple(uow.alarms.open_kinds()), tuple(uow.alarms.open(AT_MOST))
        opened.dispose()
    except (DatabaseNotReadyError, WorldMismatchError, SQLAlchemyError, ValueError):
        return None
    return WorldAlarms(world.name, kinds, newest) if kinds else None
