"""What the office has in force, how far it came, and how long it took (issue 8.4, R5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Alert, Revision
from alerts.office.content import Content
from alerts.office.draft import Draft
from alerts.ports import PushResult
from alerts.service.services import Services
from alerts.store.office import Sending
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Told:
    """One revision on its way, or told."""

    revision: Revision
    sending: Sending | None
    results: Mapping[PushResult, int]  # phones by outcome
    is_told: bool  # nobody is left to be told
    last_at: datetime | None  # of the last outcome

    @property
    def seconds(self) -> float | None:
        """From the click to the last outcome; None before there is one."""
        if self.sending is None or self.last_at is None:
            return None
        return (self.last_at - self.sending.clicked_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert of the office with everything that was said of it, first to last. `holds` None: it is over."""

    alert: Alert
    holds: Content | None
    told: tuple[Told, ...]


def standing(services: Services) -> tuple[Standing, ...]:
    """What is in force, the gravest first."""
    with services.database.read() as uow:
        found = [_standing(uow, alert) for alert_id in uow.office.in_force() if (alert := uow.alerts.get(alert_id))]
    return tuple(sorted(found, key=lambda one: (-one.alert.rank, one.alert.since)))


def open_drafts(services: Services) -> tuple[Draft, ...]:
    """What is being written and what waits for approval; what was touched last stands first."""
    with services.database.read() as uow:
        return tuple(uow.office.open_drafts())


def one(services: Services, alert_id: str) -> Standing | None:
    """One alert of the office, also when it is over; None if there is none."""
    with services.database.read() as uow:
        alert = uow.alerts.get(alert_id)
        return _standing(uow, alert) if alert and uow.office.sendings([alert_id]) else None


def _standing(uow: UnitOfWork, alert: Alert) -> Standing:
    sendings = {sending.revision: sending for sending in uow.office.sendings([alert.id])}
    told = tuple(_told(uow, revision, sendings.get(revision.number)) for revision in uow.alerts.revisions(alert.id))
    return Standing(alert, uow.office.held(alert.id), told)


def _told(uow: UnitOfWork, revision: Revision, sending: Sending | None) -> Told:
    span = uow.deliveries.span(revision.alert_id, revision.number)
    return Told(
        revision,
        sending,
        uow.deliveries.counts(revision.alert_id, revision.number),
        uow.chunks.is_told(revision.alert_id, revision.number),
        span[1] if span else None,
    )
