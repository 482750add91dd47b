"""What a composed warning is made of: an office's areas, and what is stated where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.kinds import Kind
from alerts.telegram.layout import ENDED, IN_FORCE


@dataclass(frozen=True, slots=True)
class Place:
    """An area with its JMA code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality (class20) and the wider areas that hold it."""

    place: Place
    class15: Place
    class10: Place


@dataclass(frozen=True, slots=True)
class OfficeArea:
    """The area of one forecast office (府県予報区) and its municipalities."""

    place: Place
    observatory: str  # EditorialOffice: 大阪管区気象台
    municipalities: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of one kind in one municipality; `sentence` says when a level is expected to be reached."""

    code: str
    status: str = "発表"  # or 継続, 解除, 危険警報から警報 and the other steps down
    last_code: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A `Stated` with its kinds looked up."""

    kind: Kind
    last: Kind | None
    status: str
    sentence: str | None

    @property
    def in_force(self) -> bool:
        """Whether the kind is on."""
        return self.status != ENDED


def lone_city(city: CityCodes, observatory: str, class15_name: str = "") -> OfficeArea:
    """An office whose only municipality is the city: for a telegram about nobody else, as tests of every part write."""
    office = Place(city.office, city.prefecture)
    class10 = Place(city.class10, city.prefecture)
    municipality = Municipality(
        Place(city.municipality, city.name), Place(city.class15, class15_name or city.prefecture), class10
    )
    return OfficeArea(office, observatory, (municipality,))


def look_up(telegram_type: str, area: OfficeArea, items: Mapping[str, Sequence[Stated]]) -> dict[str, tuple[Line, ...]]:
    """The lines by municipality code; raises `ValueError` for a code, status or municipality that does not exist."""
    strangers = items.keys() - {each.place.code for each in area.municipalities}
    if strangers:
        raise ValueError(f"{area.place.name} has no municipality {', '.join(sorted(strangers))}")
    return {code: tuple(_line(telegram_type, stated) for stated in every) for code, every in items.items()}


def _line(telegram_type: str, stated: Stated) -> Line:
    if stated.status not in IN_FORCE | {ENDED}:
        raise ValueError(
            f"{stated.status} is no status of a warning; use one of {', '.join(sorted(IN_FORCE))}, {ENDED}"
        )
    last = _kind(telegram_type, stated.last_code) if stated.last_code is not None else None
    return Line(_kind(telegram_type, stated.code), last, stated.status, stated.sentence)


def _kind(telegram_type: str, code: str) -> Kind:
    kind = kinds.find(telegram_type, code)
    if kind is None:
        raise ValueError(f"{telegram_type} has no Kind with code {code}; see alerts/telegram/kinds.csv")
    return kind
