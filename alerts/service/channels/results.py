"""What became of an alert on every channel: phones and the list side by side, none remembered by hand (R26)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.ports import PushResult
from alerts.service.services import Services
from alerts.service.why import UnknownAlertError
from alerts.store.dispatch import Dispatch

WAITING = "waiting"
PUSH = "push"


@dataclass(frozen=True, slots=True)
class RevisionResults:
    """One pushed revision: how many by channel and result."""

    revision: int
    by_channel: Mapping[str, Mapping[str, int]]  # `push`, `email`, `webhook`; result or `waiting`
    letters: tuple[Dispatch, ...]


def results(services: Services, alert_id: str) -> list[RevisionResults]:
    """Every pushed revision of an alert, first to last. Raises `UnknownAlertError`."""
    with services.database.read() as uow:
        if uow.alerts.get(alert_id) is None:
            raise UnknownAlertError(f"no alert of the {services.world.name} world has the id {alert_id}")
        pushed = [revision.number for revision in uow.alerts.revisions(alert_id) if revision.pushed]
        phones = {number: _words(uow.deliveries.counts(alert_id, number)) for number in pushed}
        letters: dict[int, list[Dispatch]] = defaultdict(list)
        for one in uow.dispatch_results.of_alert(alert_id):
            letters[one.revision].append(one)
    return [
        RevisionResults(number, {PUSH: phones[number], **_counted(letters[number])}, tuple(letters[number]))
        for number in pushed
    ]


def _words(counts: Mapping[PushResult, int]) -> dict[str, int]:
    return {str(result): count for result, count in counts.items()}


def _counted(letters: list[Dispatch]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in letters:
        counts[one.channel][one.outcome or WAITING] += 1
    return {channel: dict(of) for channel, of in counts.items()}
