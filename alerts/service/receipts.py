"""Phones say what arrived and what was opened; operators see how far an alert came (issue 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.receipt import Event, Reached, Receipt, believable
from alerts.service.services import Services
from alerts.service.why import UnknownAlertError
from alerts.store.database import run
from alerts.store.device import Device
from alerts.store.unit_of_work import UnitOfWork


def confirm(services: Services, device: Device, confirmed: Sequence[Receipt]) -> list[int]:
    """Keeps a phone's receipts; returns the places in the list of those for what it was never sent.

    To say the same again changes nothing: the first word of each kind stays.
    """

    def work(uow: UnitOfWork) -> list[int]:
        """Keeps what was sent to this phone; the places of all else in the list."""
        sent = uow.receipts.sent_to(device.number, (one.alert_id for one in confirmed))
        now = services.clock.now()
        uow.receipts.add(
            device.number,
            (
                said
                for one in confirmed
                if (made_at := sent.get((one.alert_id, one.revision))) is not None
                for said in _said(one, made_at, now)
            ),
        )
        return [place for place, one in enumerate(confirmed) if (one.alert_id, one.revision) not in sent]

    return run(services.database, work)


def reached(services: Services, alert_id: str) -> list[Reached]:
    """How far each revision of an alert came; raises `UnknownAlertError`."""
    with services.database.read() as uow:
        if uow.alerts.get(alert_id) is None:
            raise UnknownAlertError(f"no alert of the {services.world.name} world has the id {alert_id}")
        return uow.receipts.reached(alert_id)


def _said(receipt: Receipt, made_at: datetime, now: datetime) -> Iterator[Receipt]:
    """What was opened was received, even if the phone never said so."""
    at = believable(receipt.at, made_at, now)
    yield replace(receipt, at=at)
    if receipt.event is Event.OPENED:
        yield replace(receipt, event=Event.RECEIVED, at=at)
