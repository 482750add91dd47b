"""What is over by its own time: notices end quietly, forgotten drafts are closed; an order never ends so (R18, R19)."""

from dataclasses import replace

from alerts.alert import Alert, AlertState, Change, Revision, Scope, Tier, Urgency
from alerts.office.content import Content
from alerts.service.issue import publish_all
from alerts.service.office.drafting import expire
from alerts.service.office.saying import said
from alerts.service.office.sending import SITUATION
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork


def tick(services: Services) -> int:
    """Ends what is over and closes old drafts; how many alerts ended."""
    expire(services)
    return run(services.database, lambda uow: _end(services, uow))


def _end(services: Services, uow: UnitOfWork) -> int:
    now, ended = services.clock.now(), 0
    for alert_id in uow.office.over(now):
        content, alert = uow.office.held(alert_id), uow.alerts.get(alert_id)
        if content is None or alert is None or content.is_order:
            continue
        over = replace(alert, state=AlertState.ENDED, last_revision=alert.last_revision + 1, updated_at=now)
        uow.alerts.save(over)
        publish_all(services, uow, [_quiet_end(services, uow, over, content)], now)
        uow.office.drop(alert_id)
        ended += 1
    if ended:
        uow.versions.bump(SITUATION, now)
    return ended


def _quiet_end(services: Services, uow: UnitOfWork, alert: Alert, content: Content) -> Revision:
    """In the app only: nobody is woken because a notice has run out."""
    now = services.clock.now()
    return Revision(
        alert_id=alert.id,
        number=alert.last_revision,
        change=Change.END,
        hazard=alert.hazard,
        code=alert.code,
        level=alert.level,
        rank=alert.rank,
        name=alert.name,
        urgency=Urgency.NONE,
        scope=Scope.RECEIVERS,
        tiers=(Tier(None),),
        details=(),
        telegram_id=None,
        issued_at=now,
        created_at=now,
        expires_at=now,
        pushed=False,
        reason="the time that the officer gave it is over",
        said=said(services, uow, Change.END, content, now),
    )
