"""What is true around a draft: what its check looks at (R8)."""

from alerts.office.draft import Draft
from alerts.office.lint import Facility, Finding, InForce, Surroundings, lint
from alerts.service.office.saying import said, spoken
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.store.unit_of_work import UnitOfWork


def check(services: Services, uow: UnitOfWork, draft: Draft) -> tuple[Finding, ...]:
    """What is wrong with a draft now, or should be looked at; errors first. Raises `DraftError` as `said` does."""
    return lint(draft, _surroundings(services, uow, draft))


def _surroundings(services: Services, uow: UnitOfWork, draft: Draft) -> Surroundings:
    now, policy = services.clock.now(), services.pack.office
    is_whole = draft.content.is_whole
    words = spoken(services, said(services, uow, draft.change, draft.content, now)) if is_whole else {}
    openings = uow.openings.all()
    facilities = {site.facility: Facility(site.name, openings.get(site.facility)) for site in in_use(services, uow)}
    tables = services.wording.tables
    return Surroundings(
        now=now,
        is_drill=services.is_drill,
        draft_lasts=policy.draft_lasts,
        longest=policy.longest,
        facilities=facilities,
        in_force=tuple(_in_force(uow)),
        unsaid=tuple(tables[tag].name for tag, one in words.items() if one.said_in != tag),
        in_part=tuple(
            tables[tag].name
            for tag, one in words.items()
            if one.said_in == tag and tables[tag].first("office.app").text in one.text.body
        ),
    )


def _in_force(uow: UnitOfWork) -> list[InForce]:
    return [
        InForce(alert_id, held.template, None if held.districts is None else frozenset(held.districts))
        for alert_id, held in uow.office.in_force().items()
    ]
