"""Ends that residents have not heard of yet, and that a retraction turns into what it is: it was wrong (R5, R14)."""

from collections.abc import Sequence

from alerts.alert import Alert, Change
from alerts.decision import Moment
from alerts.situation import HazardChange
from alerts.store.unit_of_work import UnitOfWork

_OVER = frozenset({Change.END, Change.RETRACT})


def ends_taken_back(
    uow: UnitOfWork, chain: str, unit: str, moment: Moment, decided: Sequence[str]
) -> list[HazardChange]:
    """The hazards whose end still waits though their unit now takes back what it had said of them.

    Nothing of them is in force any more, so no comparison finds them. `decided` are those that the retraction moves
    otherwise.
    """
    waiting = [one for one in uow.alerts.ending_of(chain) if one.hazard not in decided]
    return [
        HazardChange(one.hazard, Change.RETRACT, None, None) for one in waiting if _was_said(uow, one, unit, moment)
    ]


def _was_said(uow: UnitOfWork, alert: Alert, unit: str, moment: Moment) -> bool:
    """Whether the unit said last, and before, what is over. A table's units begin with its telegram's own."""
    stating = [one for one in uow.alerts.revisions(alert.id) if one.change not in _OVER]
    if not stating or stating[-1].telegram_id is None or stating[-1].issued_at > moment.issued_at:
        return False
    telegram = uow.telegrams.get(stating[-1].telegram_id)
    return telegram is not None and telegram.unit is not None and f"{unit}/".startswith(f"{telegram.unit}/")
