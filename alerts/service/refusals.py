"""Many phones refused together are no phone's fault, but the push's, the key's or the app's (push.md §7.6)."""

from datetime import datetime

from alerts.service.cargo import REFUSED, Carried
from alerts.store.unit_of_work import UnitOfWork

TOO_MANY = 0.05  # of a revision's phones that the provider answered for
BY_CHANCE = 5  # so few say nothing, whatever part they are


def look_for_refusals(uow: UnitOfWork, carried: Carried, now: datetime) -> None:
    """Raises the alarm where a chunk ends; the revision is counted only if the chunk itself has too many.

    Where none of the chunks has, the revision has not either.
    """
    if carried.refused <= TOO_MANY * carried.devices:
        return
    chunk = carried.chunk
    refused = uow.reach.refused(chunk.alert_id, chunk.revision, REFUSED)
    if refused.phones < BY_CHANCE or refused.phones <= TOO_MANY * refused.answered:
        return
    text = (
        f"the push provider refuses {refused.phones} of {refused.answered} phones that revision {chunk.revision} of "
        f"alert {chunk.alert_id} was sent to ({refused.error}). They are not told and not tried again: so many at once "
        "have a cause in the push, in the Firebase key or in the app"
    )
    uow.alarms.raise_("push_refused", "push_refused", text, now)
