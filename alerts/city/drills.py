"""Drills (訓練) of a city pack: a story told as data, turned into telegrams that are valid by JMA's schema.

The time of every telegram is given by whoever plays the drill: story time divided by the speed, so that nothing is too
late to be sent (R22). Each telegram says 訓練 of itself, and the drill world retypes it in any case (R1).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alerts.city.drill_area import read_area
from alerts.city.drill_steps import DrillStep, read_steps
from alerts.city.pack_files import CITY_FILE, PackFiles
from alerts.city.problems import PackError, Problems
from alerts.city.toml_section import Section, whole
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import OfficeArea
from alerts.telegram.envelope import Status

_FASTEST = 100_000


class UnknownDrillError(LookupError):
    """The pack has no drill of that name."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A story to be played. `speed` is how many story seconds pass in one second unless the player says otherwise."""

    name: str
    title: str
    title_en: str
    speed: int
    area: OfficeArea
    steps: tuple[DrillStep, ...]

    def telegram(self, index: int, issued_at: datetime) -> tuple[str, bytes]:
        """File name and bytes of a step's telegram, as if JMA had sent it at `issued_at`."""
        step = self.steps[index]
        raw = compose_warning(
            step.type,
            self.area,
            step.items(issued_at),
            issued_at,
            status=Status.EXERCISE,
            headline=step.headline,
        )
        return file_name(step.type, self.area, issued_at), raw


def drill_names(pack_root: Path) -> tuple[str, ...]:
    """The drills of the pack in that folder."""
    return tuple(PackFiles(pack_root / CITY_FILE, Problems()).drills())


def load_drill(pack_root: Path, name: str) -> Drill:
    """A drill of the pack in that folder.

    Raises `UnknownDrillError` if it has no such drill, `PackError` with file and line if the drill cannot be played.
    """
    files = PackFiles(pack_root / CITY_FILE, Problems())
    names = files.drills()
    if name not in names:
        raise UnknownDrillError(f"the city pack has no drill {name!r}; it has: {', '.join(names) or 'none'}")
    drill = _read(files, name, names)
    if drill is None or files.problems.found:
        raise PackError(tuple(files.problems.found))
    return drill


def _read(files: PackFiles, name: str, names: tuple[str, ...]) -> Drill | None:
    """The drill of one file; None, with problems noted, if it cannot be read at all."""
    source = files.toml(f"drills/{name}.toml")
    if source is None:
        return None
    top = whole(source, files.problems)
    if "continues" in top.values:
        return _continuation(files, top, name, names)
    top.only("title", "title_en", "observatory", "speed", "step")
    area = read_area(files, top.text("observatory"))
    if area is None:
        return None
    steps = read_steps(top, area, timedelta(0))
    return Drill(name, top.text("title"), top.text("title_en"), top.integer("speed", 1, _FASTEST), area, steps)


def _continuation(files: PackFiles, top: Section, name: str, names: tuple[str, ...]) -> Drill | None:
    """A drill that goes on where another one ends."""
    top.only("title", "title_en", "continues", "step")
    other = top.text("continues")
    if other == name or other not in names:
        top.problem("continues", f"continues must name another drill of the pack; found {other!r}")
        return None
    begun = _read(files, other, ())
    if begun is None:
        return None
    steps = begun.steps + read_steps(top, begun.area, begun.steps[-1].after if begun.steps else timedelta(0))
    return Drill(name, top.text("title"), top.text("title_en"), begun.speed, begun.area, steps)
