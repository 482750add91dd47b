"""Where a pack's facts come from: licence and credit travel with the data, into the API and onto the map."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole

_KEYS = ("id", "title", "licence", "credit", "date", "files", "derived", "caution")


@dataclass(frozen=True, slots=True)
class Source:
    """One origin of facts: what may be done with them, and how to name it."""

    id: str
    title: str
    licence: str
    credit: str  # the line that must be shown wherever the data is shown
    day: date | None  # edition of the data
    files: tuple[str, ...]  # files of the pack that hold it
    derived: str  # what was derived or inferred from it, empty if it is as published
    caution: str  # what must be passed on with the data, empty if nothing


def read_sources(files: PackFiles) -> tuple[Source, ...]:
    """The sources of `sources.toml`; none where a city names none."""
    source = files.toml("sources.toml")
    if source is None:
        return ()
    top = whole(source, files.problems)
    top.only("source")
    found: dict[str, Source] = {}
    for section in top.sections("source"):
        entry = _source(section, files)
        if entry.id in found:
            section.problem("id", f"source {entry.id} stands here a second time; ids must differ")
        found[entry.id] = entry
    return tuple(found.values())


def _source(section: Section, files: PackFiles) -> Source:
    section.only(*_KEYS)
    entry = Source(
        id=section.text("id"),
        title=section.text("title"),
        licence=section.text("licence"),
        credit=section.text("credit"),
        day=section.day("date"),
        files=section.texts("files"),
        derived=section.text("derived", default=""),
        caution=section.text("caution", default=""),
    )
    _refuse_missing(section, entry.files, files)
    return entry


def _refuse_missing(section: Section, names: Collection[str], files: PackFiles) -> None:
    for name in names:
        if files.find(name) is None:
            section.problem("files", f"{name} is not in the pack")
