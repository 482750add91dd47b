"""How a chunk ends: told, given back because the provider would not take everything, or too late (R22, R27)."""

from datetime import datetime, timedelta

from alerts.alert import Revision
from alerts.service.cargo import NOBODY, Carried
from alerts.service.refusals import look_for_refusals
from alerts.store.chunk import Chunk
from alerts.store.states import ChunkState
from alerts.store.unit_of_work import UnitOfWork

AGAIN_AFTER = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 60))  # while the provider is in trouble


def finish(uow: UnitOfWork, carried: Carried, worker: str, now: datetime) -> str:
    """Ends a worker's claim after each of the chunk's devices has an outcome; returns `done`, `again` or `stopped`.

    Who could not be told because the provider is in trouble is told later, as long as the push is not too late.
    """
    chunk = carried.chunk
    look_for_refusals(uow, carried, now)
    revision = uow.alerts.revision(chunk.alert_id, chunk.revision)
    unfinished = uow.deliveries.unfinished(chunk)
    if unfinished and now < revision.expires_at:
        return _give_back(uow, carried, worker, unfinished, now)
    uow.deliveries.end_in_doubt(chunk, now)
    if chunk.digest_of is not None:
        uow.deliveries.share_outcomes(chunk)
        uow.deliveries.hand_on(chunk)
    if not uow.chunks.close(chunk.id, worker, ChunkState.DONE, now):
        return "stopped"
    for key in alarm_keys(chunk):
        uow.alarms.clear(key, now)
    if not carried.reached:
        _correct_what_was_told(uow, revision)
    return "done"


def alarm_keys(chunk: Chunk) -> tuple[str, str]:
    """The alarms that a chunk may raise: nobody can end it, and the provider does not take it."""
    return f"stuck:{chunk.id}", f"push:{chunk.id}"


def _give_back(uow: UnitOfWork, carried: Carried, worker: str, unfinished: int, now: datetime) -> str:
    """Not before the provider wants to hear of these devices again."""
    chunk = carried.chunk
    again_after = AGAIN_AFTER[min(chunk.attempts, len(AGAIN_AFTER)) - 1]
    if not uow.chunks.release(chunk.id, worker, now + max(again_after, timedelta(seconds=carried.wait))):
        return "stopped"
    text = f"{unfinished} devices of alert {chunk.alert_id} were not taken by the push provider; they are tried again"
    uow.alarms.raise_(alarm_keys(chunk)[1], "push", text, now)
    return "again"


def reached_nobody(uow: UnitOfWork, revision: Revision) -> bool:
    """Whether a revision was sent to the end and nobody got it; not while it is still being told."""
    if not uow.chunks.is_told(revision.alert_id, revision.number):
        return False
    results = set(uow.deliveries.counts(revision.alert_id, revision.number))
    return bool(results) and results <= NOBODY


def _correct_what_was_told(uow: UnitOfWork, revision: Revision) -> None:
    """Where a revision reached nobody at all, residents know what the last one told them that reached somebody.

    So the next timely telegram tells them what still stands (decision 1). Without a sender nobody is waiting to be
    told: `not_sent_no_sender` counts as told.
    """
    if not reached_nobody(uow, revision):
        return
    earlier = [said for said in uow.alerts.revisions(revision.alert_id) if said.number < revision.number]
    told = next((said.rank for said in reversed(earlier) if _reached_somebody(uow, said)), 0)
    uow.alerts.set_told(revision.alert_id, told, revision.number)


def _reached_somebody(uow: UnitOfWork, revision: Revision) -> bool:
    return revision.pushed and not set(uow.deliveries.counts(revision.alert_id, revision.number)) <= NOBODY
