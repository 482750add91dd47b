"""What is to be said to the list: a row a pushed revision, written with it, in one order for good (R28, R29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select, update

from alerts.store.rows import columns_of
from alerts.store.states import ChunkState
from alerts.store.tables import postings


@dataclass(frozen=True, slots=True)
class Posting:
    """One pushed revision. `seq` only grows: a cursor for replays."""

    seq: int
    alert_id: str
    revision: int
    story: str


class PostingRepository:
    """The postings of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, alert_id: str, revision: int, story: str, now: datetime) -> None:
        """Says that the list is to be told. Raises `IntegrityError` if it is said of this revision already (R15)."""
        values = {"alert_id": alert_id, "revision": revision, "story": story, "created_at": now}
        self._connection.execute(insert(postings).values(values | {"state": ChunkState.DUE}))

    def due(self, limit: int) -> Sequence[int]:
        """Those that nobody has taken up, the oldest first."""
        waiting = select(postings.c.seq).where(postings.c.state == ChunkState.DUE).order_by(postings.c.seq)
        return self._connection.scalars(waiting.limit(limit)).all()

    def take(self, seq: int) -> Posting | None:
        """Takes one up for good, in this transaction; None if it is taken, or an earlier one of its story is not."""
        earlier = postings.alias("earlier")
        waits = exists().where(
            earlier.c.story == postings.c.story, earlier.c.seq < postings.c.seq, earlier.c.state == ChunkState.DUE
        )
        mine = update(postings).where(postings.c.seq == seq, postings.c.state == ChunkState.DUE, ~waits)
        taken = mine.values(state=ChunkState.DONE).returning(*columns_of(postings, Posting))
        row = self._connection.execute(taken).one_or_none()
        return Posting(**row._mapping) if row else None

    def after(self, seq: int, until: int) -> Posting | None:
        """The next one after a cursor, up to another one; None if there is none."""
        chosen = select(*columns_of(postings, Posting)).where(postings.c.seq > seq, postings.c.seq <= until)
        row = self._connection.execute(chosen.order_by(postings.c.seq).limit(1)).one_or_none()
        return Posting(**row._mapping) if row else None

    def newest(self) -> int:
        """The last cursor given out; 0 before the first."""
        return self._connection.scalar(select(func.max(postings.c.seq))) or 0

    def before(self, moment: datetime) -> int:
        """The cursor of the last one written before that time; 0 if there is none."""
        chosen = select(func.max(postings.c.seq)).where(postings.c.created_at < moment)
        return self._connection.scalar(chosen) or 0
