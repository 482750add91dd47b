"""Taking a chunk: by compare-and-set, with an eye on those that nobody can end (R27)."""

from datetime import timedelta

from alerts.service.finish import alarm_keys
from alerts.service.services import Services
from alerts.store.chunk import Chunk
from alerts.store.states import ChunkState

LEASE = timedelta(seconds=2)  # a sender that cannot renew it stops, and another goes on (design.md §2.7)
TRIES_BEFORE_ALARM = 5  # a chunk that so many workers began and none ended needs somebody to look (R27)
GIVE_UP_AFTER = timedelta(minutes=5)  # past the deadline: the sender has reported who expired, if it can at all


def claim(services: Services, chunk_id: int, worker: str) -> Chunk | None:
    """Takes the chunk for one lease. One that nobody can end is alarmed, and given up once its push is too late (R27).

    A transaction of its own: what goes wrong later must not take the attempt back.
    """
    now = services.clock.now()
    with services.database.write() as uow:
        chunk = uow.chunks.claim(chunk_id, worker, now, LEASE)
        if chunk is None or chunk.attempts <= TRIES_BEFORE_ALARM:
            return chunk
        if not uow.deliveries.unfinished(chunk):
            text = f"chunk {chunk.id} of alert {chunk.alert_id} was begun {chunk.attempts} times and never ended"
            uow.alarms.raise_(alarm_keys(chunk)[0], "stuck", text, now)
        if now < uow.alerts.revision(chunk.alert_id, chunk.revision).expires_at + GIVE_UP_AFTER:
            return chunk
        if chunk.digest_of is not None:
            uow.deliveries.hand_on(chunk)
        uow.chunks.close(chunk.id, worker, ChunkState.EXPIRED, now)
    return None
