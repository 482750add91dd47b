"""A revision for other systems: what is said apart from what to do, whole, whatever a phone would have to leave out."""

from collections.abc import Mapping

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.wording.announced import INSTRUCTIONS, Announcement
from alerts.wording.bare import bare, bare_office
from alerts.wording.office import announce_office
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.render import sayings


def announcements(
    tables: Mapping[str, PhraseTable], revision: Revision, city: CityCodes, *, drill: bool
) -> tuple[Announcement, ...]:
    """The revision in every language that may say it, the official one first and never left out (decision 14)."""
    others = sorted(tag for tag in tables if tag != OFFICIAL)
    said = (_announced(tables[tag], revision, city, drill=drill) for tag in (OFFICIAL, *others) if tag in tables)
    found = tuple(one for one in said if one)
    if found and found[0].language == OFFICIAL:
        return found
    text = bare_office(revision.said, city, drill=drill) if revision.said else bare(revision, city, drill=drill)
    return Announcement(OFFICIAL, text.title, text.title, text.body, ""), *found


def _announced(table: PhraseTable, revision: Revision, city: CityCodes, *, drill: bool) -> Announcement | None:
    try:
        return announce(table, revision, city, drill=drill)
    except (LookupError, ValueError):
        return None  # withheld, missing or broken, as for phones


def announce(table: PhraseTable, revision: Revision, city: CityCodes, *, drill: bool) -> Announcement:
    """The revision in the table's language, for the whole city; raises as `alerts.wording.render.render`."""
    if revision.said is not None:
        return announce_office(table, revision.said, city, drill=drill)
    said = sayings(table, revision, len(revision.tiers) - 1, city, drill=drill)
    mark = table.first("drill.mark").text if drill else ""
    what = [text for part, text in said.parts if part not in INSTRUCTIONS]
    action = [text for part, text in said.parts if part in INSTRUCTIONS]
    return Announcement(
        language=table.language,
        event=mark + said.kind,
        headline=said.titles[0],
        description=table.join.join(what),  # a drill's begins with the note that it is one
        instruction=mark + table.join.join(action) if action else "",
    )
