"""Confirmations of phones: kept once each, and counted (issue 6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from alerts.ports import PushResult
from alerts.receipt import Confirmed, Event, Reached, Receipt
from alerts.store.tables import deliveries, receipts, revisions
from alerts.store.upsert import insert_into

_NOBODY = Confirmed(0, None, None)
_ACCEPTED = "accepted"


class ReceiptRepository:
    """The receipts of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sent_to(self, device: int, alert_ids: Iterable[str]) -> Mapping[tuple[str, int], datetime]:
        """The revisions of these alerts that the device was sent, however that ended, with the time they were made."""
        sent = deliveries.join(
            revisions, (revisions.c.alert_id == deliveries.c.alert_id) & (revisions.c.number == deliveries.c.revision)
        )
        chosen = select(deliveries.c.alert_id, deliveries.c.revision, revisions.c.created_at).select_from(sent)
        of_device = chosen.where(deliveries.c.device == device, deliveries.c.alert_id.in_(set(alert_ids)))
        return {(alert_id, revision): made_at for alert_id, revision, made_at in self._connection.execute(of_device)}

    def add(self, device: int, confirmed: Iterable[Receipt]) -> None:
        """Keeps what the device confirms; what it confirmed before stays as it is."""
        rows = [
            {"alert_id": one.alert_id, "revision": one.revision, "event": one.event, "device": device, "at": one.at}
            for one in confirmed
        ]
        if rows:
            self._connection.execute(insert_into(self._connection, receipts).on_conflict_do_nothing(), rows)

    def reached(self, alert_id: str) -> list[Reached]:
        """How far each revision of an alert came that was handed over at all, first to last."""
        found: dict[int, dict[str, Confirmed]] = defaultdict(dict)
        for statement in (_taken(alert_id), _confirmed(alert_id)):
            for revision, what, phones, first_at, last_at in self._connection.execute(statement):
                found[revision][what] = Confirmed(phones, first_at, last_at)
        return [
            Reached(revision, *(counts.get(what, _NOBODY) for what in (_ACCEPTED, Event.RECEIVED, Event.OPENED)))
            for revision, counts in sorted(found.items())
        ]


def _taken(alert_id: str) -> Select[Any]:
    first, last = (of(deliveries.c.at, type_=deliveries.c.at.type) for of in (func.min, func.max))
    chosen = select(deliveries.c.revision, deliveries.c.result, func.count(), first, last).where(
        deliveries.c.alert_id == alert_id, deliveries.c.result == PushResult.ACCEPTED
    )
    return chosen.group_by(deliveries.c.revision, deliveries.c.result)


def _confirmed(alert_id: str) -> Select[Any]:
    first, last = (of(receipts.c.at, type_=receipts.c.at.type) for of in (func.min, func.max))
    chosen = select(receipts.c.revision, receipts.c.event, func.count(), first, last)
    return chosen.where(receipts.c.alert_id == alert_id).group_by(receipts.c.revision, receipts.c.event)
