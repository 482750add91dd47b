"""Places of refuge as the public JSON and GeoJSON say them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from alerts.service.services import Services
from alerts.shelter.opening import Opening
from alerts.shelter.site import Site, SiteKind
from api.residents.basis import Basis
from api.residents.places import source_items
from api.residents.schemas.shelters import (
    OccupancyItem,
    OpeningItem,
    ShelterAnswer,
    SheltersAnswer,
    SiteCollection,
    SiteFeature,
    SiteItem,
)
from api.residents.stamp import SITE_FILES, credits_of, sources_of, stamp

Chosen = Callable[[SiteItem], bool]


class Sites:
    """The places of one moment."""

    def __init__(self, services: Services, basis: Basis) -> None:
        self._services = services
        self._held = basis.held
        self._by_id = {site.id: site for site in basis.held.sites}
        self._stamp = stamp(services, basis.ages.sites, credits_of(services.pack, SITE_FILES))

    def item(self, site: Site) -> SiteItem:
        """One place with what was reported of its facility, and the id of the facility's entry of the other kind."""
        held = self._held
        opening = held.openings.get(site.facility)
        also = (one.id for one in held.sites if one.facility == site.facility and one.kind is not site.kind)
        own = asdict(site)
        if opening and opening.capacity is not None:
            own["capacity"] = opening.capacity
        return SiteItem(
            **own,
            districts=list(held.site_districts.get(site.id, ())),
            also=next(also, None),
            opening=opening_item(opening) if opening else None,
        )

    def answer(self, is_chosen: Chosen | None = None) -> SheltersAnswer:
        """The two lists."""
        items = self._chosen(is_chosen)
        return SheltersAnswer(
            **self._stamp,
            emergency_sites=[item for item in items if item.kind is SiteKind.EMERGENCY_SITE],
            shelters=[item for item in items if item.kind is SiteKind.SHELTER],
            sources=source_items(sources_of(self._services.pack, SITE_FILES)),
        )

    def collection(self, is_chosen: Chosen | None = None) -> SiteCollection:
        """The same as a map layer."""
        return SiteCollection(**self._stamp, features=[_feature(item) for item in self._chosen(is_chosen)])

    def one(self, site_id: str) -> ShelterAnswer:
        """One place; raises `KeyError` if no place has the id."""
        return ShelterAnswer(**self._stamp, shelter=self.item(self._by_id[site_id]))

    def __contains__(self, site_id: str) -> bool:
        """Whether a place has the id."""
        return site_id in self._by_id

    def _chosen(self, is_chosen: Chosen | None) -> Sequence[SiteItem]:
        items = [self.item(site) for site in self._held.sites]
        return items if is_chosen is None else [item for item in items if is_chosen(item)]


def opening_item(opening: Opening) -> OpeningItem:
    """What was reported; who did is told by office or shelter, not by name."""
    counted = opening.occupancy is not None and opening.occupancy_at is not None
    return OpeningItem(
        state=opening.state,
        reported_at=opening.reported_at,
        reported_by="office" if opening.by_office else "shelter",
        version=opening.version,
        occupancy=OccupancyItem(people=opening.occupancy, at=opening.occupancy_at) if counted else None,
        floor=opening.floor,
        pets=opening.pets,
        wheelchair=opening.wheelchair,
        nursing=opening.nursing,
        note=opening.note,
    )


def _feature(item: SiteItem) -> SiteFeature:
    point = {"type": "Point", "coordinates": [item.longitude, item.latitude]}
    return SiteFeature(id=item.id, geometry=point, properties=item)
