"""A revision for other systems: what is said apart from what to do, whole, whatever a phone would have to leave out."""

from collections.abc import Mapping
from dataclasses import dataclass

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.wording.bare import bare
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.render import sayings

_INSTRUCTIONS = frozenset({"action", "stay", "after", "others"})


@dataclass(frozen=True, slots=True)
class Announcement:
    """One revision in one language; in a drill every text of it is marked (R1)."""

    language: str
    event: str  # name of the kind
    headline: str
    description: str
    instruction: str  # what to do; empty where only official terms may be said


def announcements(
    tables: Mapping[str, PhraseTable], revision: Revision, city: CityCodes, *, drill: bool
) -> tuple[Announcement, ...]:
    """The revision in every language that may say it, the official one first and never left out (decision 14)."""
    others = sorted(tag for tag in tables if tag != OFFICIAL)
    said = (_announced(tables[tag], revision, city, drill=drill) for tag in (OFFICIAL, *others) if tag in tables)
    found = tuple(one for one in said if one)
    if found and found[0].language == OFFICIAL:
        return found
    text = bare(revision, city, drill=drill)
    return Announcement(OFFICIAL, text.title, text.title, text.body, ""), *found


def _announced(table: PhraseTable, revision: Revision, city: CityCodes, *, drill: bool) -> Announcement | None:
    try:
        return announce(table, revision, city, drill=drill)
    except (LookupError, ValueError):
        return None  # withheld, missing or broken, as for phones


def announce(table: PhraseTable, revision: Revision, city: CityCodes, *, drill: bool) -> Announcement:
    """The revision in the table's language, for the whole city; raises as `alerts.wording.render.render`."""
    said = sayings(table, revision, len(revision.tiers) - 1, city, drill=drill)
    mark = table.first("drill.mark").text if drill else ""
    what = [text for part, text in said.parts if part not in _INSTRUCTIONS]
    action = [text for part, text in said.parts if part in _INSTRUCTIONS]
    return Announcement(
        language=table.language,
        event=mark + said.kind,
        headline=said.titles[0],
        description=table.join.join(what),  # a drill's begins with the note that it is one
        instruction=mark + table.join.join(action) if action else "",
    )
