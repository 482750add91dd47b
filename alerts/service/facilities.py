"""Facilities as who runs them knows them: one door each, whatever its sites are designated as (issue 7.1)."""

from collections.abc import Collection
from dataclasses import dataclass

from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.opening import Opening


@dataclass(frozen=True, slots=True)
class Place:
    """One facility, under the names of its sites; `opening` None: nobody has reported it yet."""

    facility: str
    name: str
    capacity: int | None
    opening: Opening | None


def places(world: Services, only: Collection[str] | None = None) -> list[Place]:
    """The facilities of a world as they are now, by name; of `only` those that are still in use."""
    with world.database.read() as uow:
        sites, held = in_use(world, uow), uow.openings.all()
    names = {site.facility: site.name for site in reversed(sites)}
    rooms = {site.facility: site.capacity for site in reversed(sites) if site.capacity is not None}
    wanted = names.keys() if only is None else names.keys() & set(only)
    found = [Place(each, names[each], rooms.get(each), held.get(each)) for each in wanted]
    return sorted(found, key=lambda place: (place.name, place.facility))
