"""What the list of places shows: by school district, on the map, and what is wrong with those that are open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alerts.service.outage import OUTAGES
from alerts.service.refuge import Refuge, RefugePlace, refuge
from alerts.shelter.opening import WITH_PEOPLE, OpeningState
from alerts.shelter.site import SiteKind
from api.feeds.schemas import SituationFeature
from api.feeds.situation_map import features_of
from api.office.desk.desk import Desk
from api.office.desk.map import Drawing
from api.office.desk.shelters import words
from api.office.desk.shelters.filters import FIT_NOW, Filters, is_fit
from api.office.desk.shelters.ground import ELSEWHERE, Ground
from api.office.refusals import RefusalError, Way
from api.problems import ProblemError

_TAKING_IN = frozenset({OpeningState.OPEN, OpeningState.FULL})

Mark = tuple[float, float, str, str, str, str]
"""For the map: x, y, class, letter, words, address."""


@dataclass(frozen=True, slots=True)
class ListView:
    """The whole page. `sections`: name and places of each school district that has any to show."""

    refuge: Refuge
    filters: Filters
    sections: tuple[tuple[str, str, tuple[RefugePlace, ...]], ...]  # id, name, places
    shown: tuple[RefugePlace, ...]
    districts: tuple[SituationFeature, ...]

    @property
    def open(self) -> int:
        """How many facilities take people in, or are full."""
        return sum(place.state in _TAKING_IN for place in self.refuge.places)

    @property
    def people(self) -> int:
        """How many people are in all that count them."""
        return sum(place.opening.occupancy or 0 for place in self.refuge.places if place.opening)

    @property
    def unfit(self) -> tuple[RefugePlace, ...]:
        """Facilities that call people, and are not designated for what is in force."""
        return tuple(place for place in self.refuge.places if place.state in WITH_PEOPLE and place.lacks)

    @property
    def old(self) -> tuple[RefugePlace, ...]:
        """Facilities whose state was said so long ago that nobody is sent there any more."""
        now = self.refuge.now
        return tuple(
            place
            for place in self.refuge.places
            if place.opening and place.state in WITH_PEOPLE and place.opening.is_old_at(now)
        )


def look(desk: Desk) -> Refuge:
    """The places of a world. Without a database nobody knows what is open, and the page says so."""
    try:
        return refuge(desk.services)
    except OUTAGES:
        text = "避難所の開設状況は確認できていません。電話などで確認し、しばらくしてから画面を開き直してください。"
        raise RefusalError(503, "データベースを読み込めません", text, Way("画面を開き直す", desk.path)) from None


def list_view(desk: Desk, ground: Ground, query: Mapping[str, str]) -> ListView:
    """The page of this moment, for what the address asks for."""
    found, filters = look(desk), Filters.of(query, ground.named)
    wanted = ground.named.get(filters.where)
    shown = tuple(place for place in found.places if filters.shows(place, frozenset(ground.districts(place)), wanted))
    names = {group.id: group.name for group in ground.groups} | {ELSEWHERE: "市外・校区のわからない施設"}
    sections = (
        (group, name, tuple(place for place in shown if ground.group(place) == group)) for group, name in names.items()
    )
    return ListView(found, filters, tuple(each for each in sections if each[2]), shown, _districts(desk))


def marks(drawing: Drawing, view: ListView) -> Iterator[Mark]:
    """The places of the list on the map; those in trouble last, so that they lie on top."""
    for place in sorted(view.shown, key=lambda each: each.state in _TAKING_IN):
        latitude, longitude = place.site.latitude, place.site.longitude
        if not drawing.paths or not drawing.holds(latitude, longitude):
            continue
        people = f" {place.opening.occupancy:,}人" if place.opening and place.opening.occupancy is not None else ""
        unfit = f"。{words.unfit(place)}" if place.lacks else ""
        said = f"{place.site.name}：{words.STATES[place.state]}{people}{unfit}"
        only = "" if SiteKind.EMERGENCY_SITE in place.kinds else " only"
        classes = f"{place.state}{only}{' unfit' if place.lacks and not words.is_plain(place) else ''}"
        address = f"#p-{place.facility}"
        yield *drawing.spot(latitude, longitude), classes, words.LETTERS[place.state], said, address


def chosen(ground: Ground, found: Refuge, which: str, ticked: tuple[str, ...]) -> frozenset[str]:
    """The facilities that a choice means: those ticked, all, those of a school district, or those fit for something."""
    kind, _, named = which.partition(":")
    if which == "ticked":
        return frozenset(ticked)
    if kind == "fit" and (named == FIT_NOW or named in words.HAZARDS):
        return frozenset(place.facility for place in found.places if is_fit(place, named))
    if which == "all":
        return frozenset(place.facility for place in found.places)
    return frozenset(place.facility for place in found.places if ground.group(place) == which)


def _districts(desk: Desk) -> tuple[SituationFeature, ...]:
    world = desk.world
    try:
        return tuple(features_of(world, world.snapshot.answers.overview))
    except ProblemError:
        return tuple(features_of(world, None))
