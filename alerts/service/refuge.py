"""Places of refuge as the desk sees them: one a facility, with what is in force and what it is not designated for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from alerts.service.office.in_force import fled_from, orders_in_force
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.fitness import lacking
from alerts.shelter.needs import Needs, needs_of
from alerts.shelter.opening import Opening, OpeningState
from alerts.shelter.site import Site, SiteKind
from alerts.shelter.together import Fate, Turn, turn
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RefugePlace:
    """One facility. `site` is its emergency site where it has one; `opening` None: nobody has reported it yet."""

    site: Site
    kinds: frozenset[SiteKind]
    capacity: int | None  # as counted on the spot, else as the list of places says
    opening: Opening | None
    lacks: tuple[str, ...]  # hazards in force that it is not designated for

    @property
    def facility(self) -> str:
        """By which it is reported."""
        return self.site.facility

    @property
    def state(self) -> OpeningState:
        """What holds now."""
        return self.opening.state if self.opening else OpeningState.NOT_OPENED

    @property
    def seen(self) -> int:
        """The version that a report of it names."""
        return self.opening.version if self.opening else 0


@dataclass(frozen=True, slots=True)
class Refuge:
    """Every place in use at one moment."""

    places: tuple[RefugePlace, ...]  # by name
    needs: Needs
    now: datetime

    def find(self, facility: str) -> RefugePlace | None:
        """The place of a facility."""
        return next((place for place in self.places if place.facility == facility), None)

    def plan(self, facilities: Collection[str], to: OpeningState) -> tuple[tuple[RefugePlace, Turn], ...]:
        """What a change of many would do to each of them; those that there are not are left out."""
        return tuple(
            (place, turn(place.facility, place.opening, to, place.lacks, self.now))
            for place in self.places
            if place.facility in facilities
        )


def refuge(services: Services) -> Refuge:
    """Looks at one world. Raises one of `OUTAGES`."""
    with services.database.read() as uow:
        return looked_at(services, uow)


def looked_at(services: Services, uow: UnitOfWork) -> Refuge:
    """The same within a transaction."""
    sites, openings = in_use(services, uow), uow.openings.all()
    orders = orders_in_force(uow)
    in_force = fled_from((*uow.situation.in_force(), *orders.states), orders.contents)
    needs = needs_of(in_force, (), sites)
    together: dict[str, list[Site]] = {}
    for site in sorted(sites, key=lambda one: (one.kind, one.id)):
        together.setdefault(site.facility, []).append(site)
    places = (_place(own, openings.get(facility), needs) for facility, own in together.items())
    ordered = sorted(places, key=lambda place: (place.site.name, place.facility))
    return Refuge(tuple(ordered), needs, services.clock.now())


def of_fate(plan: Collection[tuple[RefugePlace, Turn]], fate: Fate) -> list[tuple[RefugePlace, Turn]]:
    """The places of a plan that share a fate."""
    return [each for each in plan if each[1].fate is fate]


def _place(own: list[Site], opening: Opening | None, needs: Needs) -> RefugePlace:
    counted = opening.capacity if opening else None
    listed = next((site.capacity for site in own if site.capacity is not None), None)
    return RefugePlace(
        own[0],
        frozenset(site.kind for site in own),
        counted if counted is not None else listed,
        opening,
        lacking(own[0].hazards, needs),
    )
