"""Places and hazards for the tests of shelters."""

from datetime import UTC, datetime

from alerts.shelter.opening import Opening, OpeningState
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind, facility_of
from alerts.situation import HazardState

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
HERE = (34.7235, 135.6450)
ALL = tuple(SITE_HAZARDS)


def a_site(site_id="E9920100001201", **changes) -> Site:
    values = {
        "kind": SiteKind.EMERGENCY_SITE,
        "facility": facility_of(site_id),
        "name": f"{site_id}公園",
        "address": f"試験県試験市中央{site_id}",
        "latitude": HERE[0],
        "longitude": HERE[1],
        "hazards": ("flood", "landslide"),
        "welfare": False,
        "accepts": None,
        "note": None,
    }
    return Site(id=site_id, **(values | changes))


def an_opening(site: Site, state=OpeningState.OPEN, at=NOW, **changes) -> Opening:
    return Opening(site.facility, state, at, "office", by_office=True, version=1, **changes)


def in_force(hazard, rank=3, code="09", name="レベル３土砂災害警報") -> HazardState:
    return HazardState(f"chain-{hazard}", hazard, "u", code, None, rank, name, (), NOW, NOW, "t1", "a1")
