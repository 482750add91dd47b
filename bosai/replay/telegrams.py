"""What there is to replay: telegram files, folders of them, an Atom feed with its telegrams beside it, a drill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.city.drills import load_drill
from alerts.city.pack import CityPack
from alerts.telegram.reader import read_telegram

_ATOM = "{http://www.w3.org/2005/Atom}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STORY_BEGINS = datetime(2026, 6, 1, tzinfo=UTC)  # any time: each telegram is moved to when it is played


class NothingToReplayError(ValueError):
    """No telegram is where one was looked for."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One telegram of a recording and when it was sent; None if it cannot be read as a telegram."""

    file: Path
    raw: bytes
    issued_at: datetime | None


def recording(paths: Sequence[Path], city: CityCodes) -> list[Recorded]:
    """All telegrams of the paths in the order they were sent; those without a readable time come first.

    Raises `NothingToReplayError` that names the path without a telegram.
    """
    found = [_recorded(file, city) for path in paths for file in _files(path)]
    return sorted(found, key=lambda one: (one.issued_at or _EPOCH, one.file.name))


def rehearsal(pack: CityPack, name: str) -> list[Recorded]:
    """The telegrams of one of the pack's drills. Raises `UnknownDrillError`."""
    drill = load_drill(pack.root, name)
    times = [_STORY_BEGINS + step.after for step in drill.steps]
    written = [drill.telegram(index, time) for index, time in enumerate(times)]
    return [Recorded(Path(file), raw, time) for (file, raw), time in zip(written, times, strict=True)]


def _recorded(file: Path, city: CityCodes) -> Recorded:
    raw = file.read_bytes()
    envelope = read_telegram(raw, file.name, city).envelope
    return Recorded(file, raw, envelope.issued_at if envelope else None)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise NothingToReplayError(
            f"{path}: no such file or folder; name a telegram, a folder of them, or an Atom feed"
        )
    files = sorted(path.rglob("*.xml")) if path.is_dir() else list(_of_file(path))
    if not files:
        raise NothingToReplayError(f"{path}: holds no telegram (*.xml); an Atom feed's telegrams must lie beside it")
    return files


def _of_file(path: Path) -> Iterator[Path]:
    """The file itself, or the files beside an Atom feed that its entries name."""
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag != f"{_ATOM}feed":
        yield path
        return
    for entry in root.iter(f"{_ATOM}id"):
        beside = path.parent / Path(urlsplit(entry.text or "").path).name
        if beside.is_file():
            yield beside
