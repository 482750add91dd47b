"""An old warning taken in where the new ones are missing: in their chains, as if they had come (jma.md §3.3).

So it is told as they would be and once, the new ones go on in the same alerts, and what they say later counts more.
"""

from collections.abc import Sequence
from datetime import datetime

from alerts.admission import may_act
from alerts.alert import Revision
from alerts.decision import Moment
from alerts.service.apply import Application, apply
from alerts.service.arrival import Incoming
from alerts.service.services import Services
from alerts.service.transition import stands_in
from alerts.store.states import Applied
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.old_warning import TYPE, read_old_warning
from alerts.telegram.reading import Reading
from alerts.times import believed


def stand_in(
    services: Services, uow: UnitOfWork, incoming: Incoming, reading: Reading, now: datetime
) -> tuple[Revision, ...] | None:
    """Applies a copy just kept, if copies stand in now; None if it is none, or acts in nobody's place.

    It is noted as applied also where it changed nothing: later derivations count it in. Operators hear of what could
    not be read in it. Raises `ConcurrentUpdateError`.
    """
    if reading.type != TYPE or not stands_in(services, uow, now):
        return None
    summary = read_old_warning(incoming.raw, incoming.file, services.pack.codes)
    acting = [one for one in summary.readings if may_act(services.world, one)]
    if summary.reason and (acting or not summary.readings):
        uow.alarms.raise_(f"odd:{incoming.id}", "odd", f"{incoming.file}: {summary.reason}", now)
    if not acting:
        return None
    uow.telegrams.set_applied(incoming.id, Applied.APPLIED)
    return tuple(_apply_all(services, uow, incoming, acting, now))


def _apply_all(
    services: Services, uow: UnitOfWork, incoming: Incoming, readings: Sequence[Reading], now: datetime
) -> list[Revision]:
    window = services.pack.policy.window / incoming.speed
    revisions: list[Revision] = []
    for one in readings:
        envelope = one.envelope
        if envelope is None or envelope.unit is None:
            continue
        moment = Moment(believed(envelope.issued_at, incoming.seen_at), now, baseline=incoming.baseline, window=window)
        revisions += apply(Application(services, uow, incoming.id, one, moment), envelope.unit)[1]
    return revisions
