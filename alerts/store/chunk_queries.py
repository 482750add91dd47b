"""What is asked of every chunk, hundreds of times a minute: statements that are built once.

Parameters: `chunk` (id), `now`, `until` (end of a lease), `worker`, and what each says of its own.
"""

from sqlalchemy import Integer, and_, bindparam, exists, or_, select, update

from alerts.store.chunk import Chunk
from alerts.store.rows import columns_of
from alerts.store.states import OPEN_CHUNKS, ChunkState
from alerts.store.tables import chunks

LEAST_URGENT = 2**31 - 1  # a priority that none has
FIRST = (chunks.c.priority, chunks.c.due_at, chunks.c.id)

_CHUNK = columns_of(chunks, Chunk)
_NOW = bindparam("now", type_=chunks.c.due_at.type)
_UNTIL = bindparam("until", type_=chunks.c.lease_until.type)
_WORKER = bindparam("worker", type_=chunks.c.claimed_by.type)
_IT = chunks.c.id == bindparam("chunk", type_=chunks.c.id.type)

_earlier = chunks.alias("earlier")
_NOTHING_EARLIER_IS_OPEN = ~exists().where(
    _earlier.c.story == chunks.c.story,
    or_(
        and_(_earlier.c.alert_id == chunks.c.alert_id, _earlier.c.revision < chunks.c.revision),
        and_(_earlier.c.alert_id != chunks.c.alert_id, _earlier.c.id < chunks.c.id),
    ),
    _earlier.c.device_from <= chunks.c.device_to,
    _earlier.c.device_to >= chunks.c.device_from,
    _earlier.c.state.in_(OPEN_CHUNKS),
)
# A phone hears in one chunk of a digest all that it has for it: the others of the hour wait, one after the other.
_NO_DIGEST_IS_OPEN = or_(
    chunks.c.digest_of.is_(None),
    ~exists().where(
        _earlier.c.digest_of == chunks.c.digest_of,
        _earlier.c.id < chunks.c.id,
        _earlier.c.device_from <= chunks.c.device_to,
        _earlier.c.device_to >= chunks.c.device_from,
        _earlier.c.state.in_(OPEN_CHUNKS),
    ),
)
_LEFT = and_(chunks.c.state == ChunkState.CLAIMED, chunks.c.lease_until <= _NOW)
# Open, and nobody is at it: never claimed, or left by a worker whose lease ended.
IDLE = or_(chunks.c.state == ChunkState.DUE, _LEFT)
# Due, or left; and it is the chunk's turn.
_READY = or_(chunks.c.state != ChunkState.DUE, chunks.c.due_at <= _NOW)
CLAIMABLE = and_(IDLE, _READY, _NOTHING_EARLIER_IS_OPEN, _NO_DIGEST_IS_OPEN)

GET = select(*_CHUNK).where(_IT)
# Ids, what is told first at the head; at most `most` of those before the priority `more_urgent_than`.
DUE = (
    select(chunks.c.id)
    .where(CLAIMABLE, chunks.c.priority < bindparam("more_urgent_than", type_=Integer()))
    .order_by(*FIRST)
    .limit(bindparam("most", type_=Integer()))
)
CLAIM = (
    update(chunks)
    .where(_IT, CLAIMABLE)
    .values(state=ChunkState.CLAIMED, claimed_by=_WORKER, lease_until=_UNTIL, attempts=chunks.c.attempts + 1)
    .returning(*_CHUNK)
)
# Of the list `held`.
RENEW = (
    update(chunks)
    .where(chunks.c.id.in_(bindparam("held", expanding=True)))
    .where(chunks.c.state == ChunkState.CLAIMED, chunks.c.claimed_by == _WORKER)
    .values(lease_until=_UNTIL)
)
# Of `alert` and `number`, for the range that begins at `first`.
OPEN_TIERS = select(chunks.c.tier).where(
    chunks.c.alert_id == bindparam("alert", type_=chunks.c.alert_id.type),
    chunks.c.revision == bindparam("number", type_=chunks.c.revision.type),
    chunks.c.device_from == bindparam("first", type_=chunks.c.device_from.type),
    chunks.c.state.in_(OPEN_CHUNKS),
)
