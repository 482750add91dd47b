"""Why a district was told of an alert when it was, or was not: for the office (issue 4)."""

from dataclasses import dataclass

from alerts.alert import Revision
from alerts.home import tier_of
from alerts.service.services import Services
from alerts.service.why import AlertWhy, Facts, RevisionWhy, answer, in_words
from alerts.store.unit_of_work import UnitOfWork
from alerts.why.district import district_ground, held_ground


class UnknownDistrictError(LookupError):
    """The city has no district of this id."""


def why_district(services: Services, district_id: str, alert_id: str, language: str) -> AlertWhy:
    """Why a district was told when it was; raises `UnknownAlertError`, `UnknownDistrictError`."""
    names = {each.id: each.name if language == "ja" else each.name_en for each in services.pack.districts}
    if district_id not in names:
        raise UnknownDistrictError(f"{district_id} is no district of {services.pack.codes.name}; see /v1/districts")
    with services.database.read() as uow:
        phones = uow.devices.in_district(district_id)
        district = _District(district_id, names[district_id], tuple(phones), language)
        return answer(services, uow, alert_id, lambda one: _explain(services, uow, one, district))


@dataclass(frozen=True, slots=True)
class _District:
    """A district as it is said, and the phones that are registered in it now."""

    id: str
    name: str
    phones: tuple[int, ...]
    language: str


def _explain(services: Services, uow: UnitOfWork, revision: Revision, district: _District) -> RevisionWhy:
    counts = uow.deliveries.counts_in(revision.alert_id, revision.number, district.phones)
    turns = uow.turns.of(revision.alert_id, revision.number)
    tier = tier_of(frozenset({district.id}), revision.tiers)
    held = uow.held_back.of(revision.alert_id, revision.number)
    digest_made = held.closed_at is not None if held and district.id in held.districts else None
    facts = Facts(
        revision=revision,
        tier=tier or 0,
        ground=held_ground(digest_made, turns, counts) or district_ground(revision, district.id, turns, counts),
        notes=("now",) if revision.pushed else (),
        times={"expires": revision.expires_at},
        texts={"district": district.name, "place": (tier or 0) + 1},
        language=district.language,
    )
    return in_words(services, uow, facts, counts, None)
