"""Reads `proposals.toml`: when an evacuation order is proposed to the office (city.md §3, R25)."""

from collections.abc import Sequence

from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole
from alerts.proposal import EvacuationOrder, Trigger, Triggers
from alerts.telegram import kinds

_TOP_KEYS = ("version", "author", "date", "note", "escalate_minutes", "proposal")
_KEYS = ("id", "order", "hazards", "levels", "basis")
_MOST_VERSIONS = 1_000_000
_HOUR_MINUTES = 60


def read_triggers(files: PackFiles) -> Triggers | None:
    """The city's triggers, or those of `packs/base`; None, with problems noted, where the file is not TOML."""
    source = files.toml("proposals.toml", or_base=True)
    if source is None:
        return None
    top = whole(source, files.problems)
    top.only(*_TOP_KEYS)
    sections = list(top.sections("proposal"))
    triggers = [_trigger(section) for section in sections]
    for index, section in enumerate(sections):
        _refuse_second_word(section, triggers[index], triggers[:index])
    return Triggers(
        version=top.integer("version", 1, _MOST_VERSIONS),
        author=top.text("author"),
        day=top.day("date"),
        note=top.text("note"),
        escalate_minutes=top.integer("escalate_minutes", 1, _HOUR_MINUTES),
        triggers=tuple(triggers),
    )


def _trigger(section: Section) -> Trigger:
    section.only(*_KEYS)
    trigger = Trigger(
        id=section.text("id"),
        order=EvacuationOrder(section.choice("order", *EvacuationOrder)),
        hazards=frozenset(section.texts("hazards")),
        levels=frozenset(section.integers("levels")),
        basis=section.text("basis"),
    )
    levels = _levels()
    for hazard in sorted(trigger.hazards - levels.keys()):
        section.problem("hazards", f"hazard {hazard!r} has no 警戒レベル; expected one of: {', '.join(sorted(levels))}")
    if not trigger.hazards or not trigger.levels:
        section.problem(None, f"proposal {trigger.id} matches nothing: it needs hazards and levels")
    for hazard in sorted(trigger.hazards & levels.keys()):
        if strange := trigger.levels - levels[hazard]:
            section.problem("levels", f"{hazard} is never at level {sorted(strange)}; it has {sorted(levels[hazard])}")
    return trigger


def _levels() -> dict[str, set[int]]:
    """The levels that each hazard can have."""
    found: dict[str, set[int]] = {}
    for kind in kinds.table().values():
        if kind.level is not None:
            found.setdefault(kind.hazard, set()).add(kind.level)
    return found


def _refuse_second_word(section: Section, trigger: Trigger, earlier: Sequence[Trigger]) -> None:
    """One hazard at one level proposes one order, and an id names one proposal."""
    for other in earlier:
        if other.id == trigger.id:
            section.problem("id", f"proposal {trigger.id} stands here a second time; ids must differ")
        if other.hazards & trigger.hazards and other.levels & trigger.levels:
            both = ", ".join(sorted(other.hazards & trigger.hazards))
            section.problem(
                "levels", f"{both} at level {sorted(other.levels & trigger.levels)} stands in {other.id} too"
            )
