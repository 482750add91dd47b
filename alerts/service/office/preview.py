"""What would happen, before anybody is asked: every language, how many phones, what else holds there (issue 8.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from alerts.alert import Change, Revision
from alerts.office.approval import remaining
from alerts.office.draft import Draft, DraftState
from alerts.office.lint import Finding
from alerts.service.office.around import check
from alerts.service.office.drafting import the_draft
from alerts.service.office.revising import Revising, moved, revision
from alerts.service.office.saying import Spoken, spoken
from alerts.service.office.sealing import sealed
from alerts.service.office.sending import prepared_draft
from alerts.service.reach import Reach, reach_of
from alerts.service.services import Services
from alerts.situation import HazardState
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Told:
    """What phones would get, and what an approval covers."""

    revision: Revision
    texts: Mapping[str, Spoken]  # by the language a phone is set to
    seal: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would go out now; `told` None while it has gaps or what it changes is over."""

    draft: Draft
    told: Told | None
    findings: tuple[Finding, ...]
    in_force: tuple[HazardState, ...]  # what JMA says of the city
    alone_in: float | None  # seconds until one officer may act alone (R6); None: it does not wait for approval

    def reach(self, services: Services) -> Reach | None:
        """Phones of today by language: each is judged as a sender would, which takes a second for a whole city."""
        return reach_of(services, self.told.revision) if self.told else None


def preview(services: Services, draft_id: str) -> Preview:
    """Reads only; a moment later it may say something else. Raises `UnknownDraftError`, `DraftError`."""
    with services.database.read() as uow:
        return _preview(services, uow, the_draft(uow, draft_id))


def prepared(services: Services, alert_id: str, change: Change, officer_id: str) -> Preview:
    """A correction or retraction as `send_prepared` would send it. Raises as that does."""
    with services.database.read() as uow:
        return _preview(services, uow, prepared_draft(services, uow, alert_id, change, officer_id))


def _preview(services: Services, uow: UnitOfWork, draft: Draft) -> Preview:
    found = check(services, uow, draft)
    return Preview(
        draft, _told(services, uow, draft), found, tuple(uow.situation.in_force()), _alone_in(services, draft)
    )


def _told(services: Services, uow: UnitOfWork, draft: Draft) -> Told | None:
    before = uow.office.held(draft.alert_id) if draft.alert_id else None
    if not draft.content.is_whole or (draft.alert_id and before is None):
        return None
    revising = Revising(services, uow, draft, before)
    would_be = revision(revising, moved(revising))
    texts = spoken(services, would_be.said) if would_be.said else {}
    return Told(would_be, texts, sealed(services, uow, draft).seal)


def _alone_in(services: Services, draft: Draft) -> float | None:
    if draft.state is not DraftState.SUBMITTED or not draft.content.is_approved_before:
        return None
    left = remaining(draft, services.pack.office.approval, services.clock.now())
    return max(0.0, left.total_seconds())
