"""What a new list of places changes in the one in use: add, move, change, retire, with reasons (city.md §2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from alerts.city.place import metres_between
from alerts.shelter.identity import is_own_number, place_key
from alerts.shelter.site import Site, SiteKind
from alerts.shelter.site_import import SiteImport

SAME_POINT_METRES = 1.0  # six decimals of a degree, as most lists print, are right to 0.1 m
_POINT = ("latitude", "longitude")
_OF_THE_PROGRAMME = frozenset({"id", "kind", "facility", *_POINT})


class Action(StrEnum):
    """What happens to a place."""

    ADD = "add"
    MOVE = "move"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class SiteChange:
    """One place, what happens to it and why. `site` is the new one, of a retired place the old one."""

    action: Action
    site: Site
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What a list changes, and the places in use afterwards, of both kinds."""

    changes: tuple[SiteChange, ...]
    unchanged: int
    before: tuple[Site, ...]
    after: tuple[Site, ...]

    def of(self, action: Action) -> tuple[Site, ...]:
        """The places that one thing happens to."""
        return tuple(change.site for change in self.changes if change.action is action)


def changes_by(found: SiteImport, in_use: Sequence[Site]) -> SiteChanges:
    """Compares a list without problems with the places in use.

    A place is known by its id, else by name and address. What the layout has no column for stays as it is.
    """
    listed = list(_listed(found, in_use))
    new = {site.id: site for site in (*listed, *_shelters(found, in_use, listed))}
    changes = [change for site in new.values() if (change := _change(site, in_use)) is not None]
    gone = [site for site in in_use if site.id not in new and _is_retired_by(found, site)]
    changes += [SiteChange(Action.RETIRE, site, ("the new list does not have it",)) for site in gone]
    kept = [site for site in in_use if site.id not in new and site not in gone]
    after = tuple(sorted((*new.values(), *kept), key=lambda site: site.id))
    unchanged = len(new) - sum(change.action is not Action.RETIRE for change in changes)
    return SiteChanges(tuple(changes), unchanged, tuple(in_use), after)


def _listed(found: SiteImport, in_use: Sequence[Site]) -> Iterator[Site]:
    """The rows as places; of two rows with one name and address only the first is the place in use."""
    same_kind = {site.id: site for site in in_use if site.kind is found.kind}
    free = {id_: site for id_, site in same_kind.items() if id_ not in {row.id for row in found.sites}}
    for row in found.sites:
        old = same_kind.get(row.id) or _alike(row, free)
        if old:
            free.pop(old.id, None)
        yield _settled(row, old, found.carries) if old else row


def _alike(row: Site, free: Mapping[str, Site]) -> Site | None:
    """The one place with this name and address; two 共通ID that differ are two places, whatever their names."""
    key = place_key(row.name, row.address)
    alike = [site for site in free.values() if place_key(site.name, site.address) == key]
    is_one = len(alike) == 1 and (is_own_number(row.id) or is_own_number(alike[0].id))
    return alike[0] if is_one else None


def _settled(row: Site, old: Site, carries: frozenset[str]) -> Site:
    """The row as a place: with the id and the facility that the place has already, and what only the old list knows."""
    carried = {name: getattr(row, name) for name in carries if name not in _POINT}
    if metres_between((old.latitude, old.longitude), (row.latitude, row.longitude)) >= SAME_POINT_METRES:
        carried |= {"latitude": row.latitude, "longitude": row.longitude}
    return replace(old, **carried)


def _shelters(found: SiteImport, in_use: Sequence[Site], listed: Sequence[Site]) -> Iterator[Site]:
    """The designated shelters that rows name beside emergency sites: added where the facility has none yet."""
    settled = {row.facility: site.facility for row, site in zip(found.sites, listed, strict=True)}
    for shelter in found.also_shelters:
        facility = settled.get(shelter.facility, shelter.facility)
        own = [site for site in in_use if site.kind is SiteKind.SHELTER and site.facility == facility]
        if not own and shelter.facility not in settled:  # a shelter and nothing else: no emergency site says which
            own = _alike_shelter(shelter, in_use)
        exact = next((site for site in own if site.id == shelter.id), None)
        if exact or not own:
            wanted = replace(shelter, facility=facility)
            yield _settled(wanted, exact, found.carries - {"hazards"}) if exact else wanted
        else:
            yield own[0]


def _alike_shelter(shelter: Site, in_use: Sequence[Site]) -> list[Site]:
    """A shelter in use under another number, known by its name and address: it has one door and one state."""
    found = _alike(shelter, {site.id: site for site in in_use if site.kind is SiteKind.SHELTER})
    return [found] if found else []


def _is_retired_by(found: SiteImport, site: Site) -> bool:
    """A list is whole for its kind, but a city's own numbers stand in a city's lists alone.

    Such a list of emergency sites is whole for the shelters that it brought, too, if it says which places are shelters.
    """
    if is_own_number(site.id) and not found.is_of_city:
        return False
    if site.kind is found.kind:
        return True
    return site.kind is SiteKind.SHELTER and is_own_number(site.id) and found.names_shelters


def _change(site: Site, in_use: Iterable[Site]) -> SiteChange | None:
    old = next((each for each in in_use if each.id == site.id), None)
    if old is None:
        return SiteChange(Action.ADD, site, ("the list in use does not have it",))
    if old == site:
        return None
    reasons = tuple(_differences(old, site))
    metres = metres_between((old.latitude, old.longitude), (site.latitude, site.longitude))
    if metres >= SAME_POINT_METRES:
        return SiteChange(Action.MOVE, site, (f"lies {metres:,.0f} m away from where it was", *reasons))
    return SiteChange(Action.CHANGE, site, reasons)


def _differences(old: Site, new: Site) -> Iterator[str]:
    for field in fields(Site):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now or field.name in _OF_THE_PROGRAMME:
            continue
        if field.name == "hazards":
            yield from (f"designated for {hazard}" for hazard in now if hazard not in was)
            yield from (f"no longer designated for {hazard}" for hazard in was if hazard not in now)
        else:
            yield f"{field.name}: {_shown(was)} → {_shown(now)}"


def _shown(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else "nothing" if value is None else str(value)
