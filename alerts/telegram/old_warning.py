"""Reads VPWW54, the old warning that JMA goes on filling from the new ones until about May 2028 (jma.md §3.1, §3.3).

It says nothing that VPWW55 to VPWW61 do not say better, and is read only in their place when they are missing. What it
says is given the codes and names of 2026 by `old_kinds.csv`.
"""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import old_kinds
from alerts.telegram.control import read_header
from alerts.telegram.danger import Danger, danger_to
from alerts.telegram.envelope import InfoType
from alerts.telegram.kinds import Kind
from alerts.telegram.layout import ENDED, IN_FORCE, NOTHING
from alerts.telegram.notice import notice_of
from alerts.telegram.summary import Said, Summary, envelope_under, own_kinds, taken_back, told_apart
from alerts.telegram.texts import text_of, texts_of
from alerts.telegram.xml import BrokenTelegramError, parse

TYPE = "VPWW54"


def read_old_warning(raw: bytes, file: str, city: CityCodes) -> Summary:
    """What a VPWW54 says about the city. Raises nothing: what cannot be read is said in `reason` (R16).

    A landslide warning may be level 4 in any copy: no list names the municipalities, and a headline that speaks of
    level 5 need not speak of it. So may one of which the headline says level 4 for a wider area, without a list beside
    it. Each counts as level 3 at least and does not lower what is graver; the latter is said in `reason`.
    """
    try:
        root = parse(raw)
        envelope = envelope_under(read_header(root, file), TYPE)
        if envelope.info_type is InfoType.RETRACTION:
            return taken_back(envelope, file)
        danger = danger_to(city.name, envelope.headline or "", text_of(root, "m:Body/m:Notice"))
        said = _said(own_kinds(root, city, TYPE), danger)
        summary = told_apart(said, envelope, file)
    except BrokenTelegramError as broken:
        return Summary((), broken.reason)
    doubtful = sorted(said.at_least & danger.open)
    if not doubtful:
        return summary
    doubt = f"It may be level 4 for {city.name} ({', '.join(doubtful)}): its headline names a wider area."
    return Summary(summary.readings, f"{summary.reason} {doubt}".strip())


def _said(elements: list[etree._Element], danger: Danger) -> Said:
    said = Said()
    meant: list[Kind] = []
    for element in elements:
        found = _meant(element)
        if isinstance(found, str):
            said.unknown.append(found)
        else:
            meant += found
    for kind in (*meant, *danger.stated):
        said.notices[kind.type].append(notice_of(kind))
    warned = frozenset(kind.hazard for kind in meant if kind.level == _WARNING)
    said.at_least = warned & (danger.open | _UNLISTED)
    return said


_WARNING = 3  # the level of a 警報, the highest but 特別警報 that an old code can say
_UNLISTED = frozenset({"landslide"})  # level 4 stands by municipality in VXWW50 alone


def _meant(element: etree._Element) -> list[Kind] | str:
    """The kinds of 2026 that one old Kind says are in force, or what is unknown about it."""
    code, status = text_of(element, "m:Code"), text_of(element, "m:Status")
    if status == NOTHING and not code:
        return []
    if status == ENDED and code in old_kinds.table():
        return []
    if status not in IN_FORCE:
        return f"{code} ({status or 'without status'})"
    conditions = [word for word in text_of(element, "m:Condition").split("、") if word]
    found = old_kinds.meant(code, conditions, list(texts_of(element, "m:Attention/m:Note")))
    return found if found is not None else f"{code} ({'、'.join(conditions) or 'without condition'})"
