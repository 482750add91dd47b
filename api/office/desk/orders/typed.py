"""What the form of a draft says: every field may be half done, and is kept as it is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.office.content import Content
from alerts.times import JST
from alerts.wording.office_text import SERVICES
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.forms import Fields

_KEPT = 4_000  # characters: the check says what is too long, and nothing typed is cut before
_WHOLE, _CHOSEN = "city", "chosen"


class UnknownPlaceError(ValueError):
    """The form names a district or a facility that there is not: it is none of ours, or older than the list."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The content, and what could not be read of the form."""

    content: Content
    faults: tuple[str, ...]


def typed(fields: Fields, was: Content, ground: OrderGround, facilities: Collection[str]) -> Typed:
    """The form over what was saved before. Raises `UnknownPlaceError`."""
    faults: list[str] = []
    shelters = tuple(dict.fromkeys(fields.texts("shelter")))
    if not set(shelters) <= set(facilities) | set(was.shelters):
        raise UnknownPlaceError
    hazard, service = fields.text("hazard"), fields.text("service")
    content = replace(
        was,
        districts=_districts(fields, ground, faults),
        expires_at=_expiry(fields.text("expires_at"), was.expires_at, faults),
        hazard=hazard if hazard in ground.hazards else None,
        service=service if service in SERVICES else None,
        shelters=shelters,
        written=fields.text("written").replace("\r\n", "\n")[:_KEPT],
    )
    return Typed(content, tuple(faults))


def _districts(fields: Fields, ground: OrderGround, faults: list[str]) -> tuple[str, ...] | None:
    """A button that adds or takes away a group, or adds a postal code, is a choice of districts."""
    chosen = fields.texts("district")
    if len(ground.ordered(chosen)) != len(set(chosen)):
        raise UnknownPlaceError
    added, taken = ground.of_group(fields.text("add")), ground.of_group(fields.text("drop"))
    if fields.text("act") == "postcode":
        posted = ground.of_postcode(fields.text("postcode"))
        added = (*added, *posted)
        if not posted:
            faults.append(words.NO_POSTCODE)
    if fields.text("where") == _WHOLE and not added:
        return None
    return ground.ordered(({*chosen} | {*added}) - {*taken})


def _expiry(text: str, was: datetime, faults: list[str]) -> datetime:
    """A time in Japan, as browsers send it: 2026-11-24T18:00."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=JST)
    except ValueError:
        faults.append(words.BAD_TIME)
        return was


def local(moment: datetime) -> str:
    """A time as the browser's field wants it."""
    return f"{moment.astimezone(JST):%Y-%m-%dT%H:%M}"
