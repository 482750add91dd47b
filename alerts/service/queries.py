"""What residents and the start page ask: read in one transaction, so that list, detail and situation agree."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from alerts.alert import Alert, Revision
from alerts.office.content import Content
from alerts.ports import PushResult
from alerts.service.freshness import SourceAge, sources
from alerts.service.office.in_force import fled_from, orders_in_force
from alerts.service.services import Services
from alerts.situation import HazardState
from alerts.store.alarm import OpenKind
from alerts.store.displays import DisplayRecord
from alerts.store.messages import SentMessage
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.message import PhoneMessage

RECENT_ALERTS = 100


@dataclass(frozen=True, slots=True)
class AlertHistory:
    """An alert and everything that was said of it, first to last."""

    alert: Alert
    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        """What was said last."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in force, and the alerts changed last, newest first."""

    version: int  # of `situation`, in the same transaction
    states: tuple[HazardState, ...]
    recent: tuple[AlertHistory, ...]
    histories: Mapping[str, AlertHistory]  # by alert id: the recent ones and whatever is in force
    orders: Mapping[str, Content] = field(default_factory=dict)  # 避難情報 of the city among `states`, by alert id

    def holds_in(self, state: HazardState, districts: frozenset[str]) -> bool:
        """Whether it is in force in one of these districts: an order where it was given, JMA's in the whole city."""
        order = self.orders.get(state.alert_id)
        return order is None or order.districts is None or not districts.isdisjoint(order.districts)

    def within(self, districts: frozenset[str]) -> "Overview":
        """What is in force in some districts; no district: in the city."""
        if not districts or not self.orders:
            return self
        return replace(self, states=tuple(state for state in self.states if self.holds_in(state, districts)))

    @property
    def fled_from(self) -> tuple[HazardState, ...]:
        """What is in force by what people flee from: an order by the hazard that it is given for."""
        return fled_from(self.states, self.orders)


@dataclass(frozen=True, slots=True)
class SentRevision:
    """The texts of one revision, newest first and not counted, and its devices by result."""

    texts: tuple[SentMessage, ...]
    results: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """The cheap question of every second: has anything changed, and how fresh is it?"""

    versions: Mapping[str, int]
    changed_at: datetime | None  # of the newest version
    sources: tuple[SourceAge, ...]


def look(services: Services) -> Look:
    """The versions of the snapshots and the age of the feeds."""
    with services.database.read() as uow:
        return Look(uow.versions.all(), uow.versions.newest(), sources(services, uow))


def overview(services: Services, known: Mapping[str, AlertHistory]) -> Overview:
    """Everything the public answers are made of; alerts in `known` that did not move are not read again."""
    with services.database.read() as uow:
        version = uow.versions.get("situation")
        orders = orders_in_force(uow)
        states = tuple(sorted((*orders.states, *uow.situation.in_force()), key=lambda state: -state.rank))
        recent = uow.alerts.recent(RECENT_ALERTS)
        listed = {alert.id for alert in recent}
        older = [uow.alerts.get(alert_id) for alert_id in {state.alert_id for state in states} - listed]
        found = {alert.id: _history(uow, alert, known) for alert in (*recent, *older) if alert is not None}
    histories = {alert_id: history for alert_id, history in found.items() if history.revisions}
    shown = tuple(histories[alert.id] for alert in recent if alert.id in histories)
    return Overview(version, states, shown, histories, orders.contents)


def alert(services: Services, alert_id: str) -> AlertHistory | None:
    """One alert with its revisions, however old; None if there is none of this id."""
    with services.database.read() as uow:
        found = uow.alerts.get(alert_id)
        return _history(uow, found, {}) if found else None


def older_alerts(services: Services, after: tuple[datetime, str], limit: int) -> tuple[AlertHistory, ...]:
    """The alerts that follow one, by when it changed and its id, in the order of `Overview.recent`."""
    with services.database.read() as uow:
        return tuple(_history(uow, found, {}) for found in uow.alerts.recent(limit, after))


def displays(services: Services) -> tuple[DisplayRecord, ...]:
    """What the app shows beside alerts, newest first; without what is withdrawn or over."""
    with services.database.read() as uow:
        return tuple(uow.displays.shown(services.clock.now()))


def outbox(services: Services, limit: int) -> list[SentMessage]:
    """The texts that were sent, or would have been, newest first, with the number of devices by result."""
    with services.database.read() as uow:
        return uow.messages.outbox(limit)


def sent_last(services: Services, texts: int, revisions: int) -> list[SentRevision]:
    """The revisions sent last, newest first, by the newest texts; asked each second while somebody looks.

    What is told to the end was added up for the proof: only what is under way is counted.
    """
    with services.database.read() as uow:
        by_revision: dict[tuple[str, int], list[SentMessage]] = defaultdict(list)
        for text in uow.messages.newest(texts):
            by_revision[text.alert_id, text.revision].append(text)
        newest = dict(islice(by_revision.items(), revisions))
        kept = uow.proofs.results(newest)
        return [
            SentRevision(tuple(said), kept.get(key) or _by_name(uow.deliveries.counts(*key)))
            for key, said in newest.items()
        ]


def open_alarms(services: Services) -> list[OpenKind]:
    """What operators must look at, counted by kind."""
    with services.database.read() as uow:
        return uow.alarms.open_kinds()


def texts(services: Services, revision: Revision, language: str) -> tuple[PhoneMessage, ...]:
    """What phones show for a revision: one message for each of its tiers, the most exposed districts first."""
    return tuple(
        services.wording.render(revision, tier, language, drill=services.is_drill, city=services.pack.codes)
        for tier in range(len(revision.tiers))
    )


def _by_name(counts: Mapping[PushResult, int]) -> dict[str, int]:
    return {str(result): count for result, count in counts.items()}


def _history(uow: UnitOfWork, alert: Alert, known: Mapping[str, AlertHistory]) -> AlertHistory:
    before = known.get(alert.id)
    if before and before.alert == alert:
        return before
    return AlertHistory(alert, tuple(uow.alerts.revisions(alert.id)))
