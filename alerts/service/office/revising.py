"""What a draft makes of its alert: the alert as it then stands, and the revision that says so (R18)."""

from dataclasses import dataclass, replace

from alerts.alert import Alert, AlertState, Change, Revision, Source, next_state
from alerts.office.content import Content
from alerts.office.draft import Draft
from alerts.office.follow import Step, first, follow
from alerts.service.office.saying import said
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.phrases import OFFICIAL

_NOTICE_RANK = 2  # what orders no level stands beside the 注意報
_ENDS = frozenset({Change.END, Change.RETRACT})


@dataclass(frozen=True, slots=True)
class Revising:
    """A draft on its way out, and what held before it."""

    services: Services
    uow: UnitOfWork
    draft: Draft
    before: Content | None

    @property
    def step(self) -> Step:
        """Whom it reaches, and what holds afterwards. Raises `DraftError`."""
        draft = self.draft
        return follow(draft.change, self.before, draft.content) if self.before else first(draft.content)


def moved(revising: Revising) -> Alert:
    """The alert as the draft leaves it."""
    draft, now, step = revising.draft, revising.services.clock.now(), revising.step
    alert = revising.uow.alerts.get(draft.alert_id) if draft.alert_id else None
    if alert is None:
        alert = _begun(revising)
    is_partial = draft.change is Change.END and step.holds is not None
    state = alert.state if is_partial else next_state(alert.state if alert.last_revision else None, draft.change)
    after = replace(alert, state=state, last_revision=alert.last_revision + 1, updated_at=now, pushed_at=now)
    return after if draft.change in _ENDS else _restated(revising.services, after, draft.content)


def revision(revising: Revising, alert: Alert) -> Revision:
    """What is told now."""
    services, draft, step = revising.services, revising.draft, revising.step
    now, policy, content = services.clock.now(), services.pack.office, draft.content
    lasts = now + policy.lifetimes[content.template]
    return Revision(
        alert_id=alert.id,
        number=alert.last_revision,
        change=draft.change,
        hazard=alert.hazard,
        code=alert.code,
        level=alert.level,
        rank=alert.rank,
        name=alert.name,
        urgency=policy.urgency(content.template, draft.change, revising.before.template if revising.before else None),
        scope=step.scope,
        tiers=step.tiers,
        details=(),
        telegram_id=None,
        issued_at=now,
        created_at=now,
        expires_at=lasts if draft.change in _ENDS else min(lasts, content.expires_at),
        pushed=True,
        reason="the city's crisis-management office says so",
        said=said(services, revising.uow, draft.change, content, now),
    )


def alert_of(draft: Draft) -> str:
    """The alert that a draft changes or makes: named by its draft, so that who sends it twice meets the key."""
    return draft.alert_id or f"o{draft.id}"


def _begun(revising: Revising) -> Alert:
    """In the draft's words, and told nobody yet."""
    now, draft = revising.services.clock.now(), revising.draft
    alert_id = alert_of(draft)
    blank = Alert(
        id=alert_id,
        source=Source.OFFICE,
        hazard=draft.content.template,
        chain=f"office|{alert_id}",
        state=AlertState.IN_FORCE,
        code=draft.content.template,
        level=None,
        rank=_NOTICE_RANK,
        name="",
        told_rank=0,
        last_revision=0,
        since=now,
        updated_at=now,
    )
    return _restated(revising.services, blank, draft.content)


def _restated(services: Services, alert: Alert, content: Content) -> Alert:
    kind, rank = content.template, content.level or _NOTICE_RANK
    name = services.wording.tables[OFFICIAL].first(f"office.name.{kind}").text
    return replace(alert, hazard=kind, code=kind, level=content.level, rank=rank, told_rank=rank, name=name)
