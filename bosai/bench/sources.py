"""Telegrams to measure and to damage: those of a folder, or what the drills of a city pack would send."""

from datetime import UTC, datetime
from pathlib import Path

from alerts.city.drills import load_drill
from alerts.city.pack import CityPack
from alerts.telegram.compose import compose_warning, file_name

_STORY_BEGINS = datetime(2026, 6, 1, tzinfo=UTC)  # any time: nothing is sent


def telegrams(folder: Path | None, pack: CityPack) -> list[tuple[str, bytes]]:
    """File names and bytes, always in the same order; without a folder those of the pack's drills."""
    return of_folder(folder) if folder else of_drills(pack)


def of_folder(folder: Path) -> list[tuple[str, bytes]]:
    """Every `*.xml` in the folder and below, in the order of the paths."""
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.xml"))]


def of_drills(pack: CityPack) -> list[tuple[str, bytes]]:
    """Every telegram of the pack's drills, said to be actual: an exercise would be read, but nothing decided."""
    written = []
    for name in pack.drills:
        drill = load_drill(pack.root, name)
        for step in drill.steps:
            at = _STORY_BEGINS + step.after
            raw = compose_warning(step.type, drill.area, step.items(at), at, headline=step.headline)
            written.append((file_name(step.type, drill.area, at), raw))
    return written
