"""A telegram that says at once what VPWW55 to VPWW61 say in seven, told apart by kind of warning (jma.md §1.5, §3.3).

Two exist: VPWS50, all Japan in one, and VPWW54, the old warning of one office. What they say becomes seven readings, as
if the seven telegrams had come together, so that they speak in the same chains. River floods are in neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from alerts.chain import WARNINGS
from alerts.city.codes import CityCodes
from alerts.telegram import catalogue, kinds
from alerts.telegram.control import Header, envelope_of
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.notice import Notice, one_a_hazard
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.warnings import city_kinds
from alerts.telegram.xml import BrokenTelegramError

_OUTCOMES = {Status.ACTUAL: Outcome.LIVE, Status.EXERCISE: Outcome.DRILL, Status.TEST: Outcome.DRILL}


@dataclass(frozen=True, slots=True)
class Summary:
    """`readings` are empty where nothing can be taken from the telegram; `reason` says why, or what is unknown."""

    readings: tuple[Reading, ...]
    reason: str = ""


@dataclass(slots=True)
class Said:
    """What the Kinds of the city say: notices by the type that would state them, and what no table knows."""

    notices: dict[str, list[Notice]] = field(default_factory=lambda: defaultdict(list))
    unknown: list[str] = field(default_factory=list)
    at_least: frozenset[str] = frozenset()  # as in `Reading`


def envelope_under(header: Header, type_: str) -> Envelope:
    """The envelope under the type and unit of the summary. Raises `BrokenTelegramError` if it states nothing."""
    if header.title != catalogue.entries()[type_].title:
        raise BrokenTelegramError(f"Not a {type_}: its title is {header.title or 'missing'}.")
    envelope = envelope_of(replace(header, type=type_))
    if envelope.status not in _OUTCOMES or envelope.info_type is InfoType.UNKNOWN:
        raise BrokenTelegramError(f"{type_} is {envelope.status}, {envelope.info_type}: it states nothing.")
    return replace(envelope, unit=f"{type_}/{envelope.status}/{envelope.editorial_office or '-'}")


def own_kinds(root: etree._Element, city: CityCodes, type_: str) -> list[etree._Element]:
    """Every Kind of the city. Raises `BrokenTelegramError` where the telegram has none."""
    found = city_kinds(root, city)
    if not found:
        raise BrokenTelegramError(f"{type_} has no Item for {city.name} ({city.municipality}).")
    return found


def told_apart(said: Said, envelope: Envelope, file: str) -> Summary:
    """The seven readings of what is said. Beside what is unknown nothing is ended (R16)."""
    strange = ", ".join(dict.fromkeys(said.unknown))
    reason = f"Unknown Kind {strange}: only what is understood counts." if strange else ""
    return Summary(tuple(_parts(said, envelope, file)), reason)


def taken_back(envelope: Envelope, file: str) -> Summary:
    """The seven readings of a retraction: whatever the unit said is void."""
    return Summary(tuple(_parts(Said(), envelope, file)))


def _parts(said: Said, envelope: Envelope, file: str) -> Iterable[Reading]:
    for type_ in WARNINGS:
        yield _part(type_, said, envelope, file)


def _part(type_: str, said: Said, envelope: Envelope, file: str) -> Reading:
    """What the telegram of one type would say."""
    notices = one_a_hazard(said.notices.get(type_, ()))
    decided = frozenset(one.hazard for one in notices) if said.unknown else kinds.hazards_of(type_)
    return Reading(
        file,
        replace(envelope, type=type_, unit=f"{envelope.unit}/{type_}"),
        _OUTCOMES[envelope.status],
        f"{envelope.type} says: {'、'.join(_names(notices)) or 'nothing in force'}.",
        notices,
        decided,
        type=type_,
        status=envelope.status,
        info_type=envelope.info_type,
        at_least=decided & said.at_least,
    )


def _names(notices: Iterable[Notice]) -> Iterator[str]:
    return (one.name for one in notices)
