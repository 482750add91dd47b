"""A display telegram reaches the app: kept in the transaction that receives it, and never pushed (contract.md)."""

from datetime import datetime, timedelta

from alerts.admission import may_show
from alerts.service.arrival import Incoming
from alerts.service.services import Services
from alerts.store.displays import DisplayRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reading import Reading

DISPLAYS = "displays"  # the version that readers of the app's displays look at

_KEPT = timedelta(days=8)  # JMA's long feeds name a telegram for about 7 days: then no older one of a chain can come
_AT_A_TIME = 100  # rows; a step is short, so that it keeps no delivery waiting


def show(services: Services, uow: UnitOfWork, incoming: Incoming, reading: Reading, issued_at: datetime) -> bool:
    """Puts in the app what the telegram says, unless a newer one of its chain is there; False if nothing changed.

    A retraction, and a telegram that no longer concerns the city, take away what their chain showed.
    """
    shown = reading.display
    if shown is None or not may_show(services.world, reading):
        return False
    record = DisplayRecord(
        key=shown.key,
        kind=shown.kind,
        type=reading.type or "",
        title=shown.title,
        headline=shown.headline,
        issued_at=issued_at,
        valid_until=shown.valid_until,
        telegram_id=incoming.id,
        content=shown.content,
    )
    changed = uow.displays.put(record)
    if changed:
        uow.versions.bump(DISPLAYS, services.clock.now())
    return changed


def forget_shown(services: Services) -> int:
    """Drops some of what no route serves any more and no late telegram could bring back; returns how many rows.

    To be called often: it writes only where there is something to drop.
    """
    now = services.clock.now()
    with services.database.read() as uow:
        over = uow.displays.over(now, now - _KEPT, _AT_A_TIME)
    if over:
        with services.database.write() as uow:
            uow.displays.remove(over, now - _KEPT)
    return len(over)
