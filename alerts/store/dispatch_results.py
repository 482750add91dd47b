"""What became of the second channel's chunks: read when a later revision is judged, and by whoever looks (R5, R26)."""

from sqlalchemy import Connection, or_, select

from alerts.channel.letter import TOLD, Outcome
from alerts.store.dispatch import Dispatch, Told
from alerts.store.rows import columns_of
from alerts.store.tables import dispatches

NOTHING_YET = Told(told=False, owed=False, under_way=False)


class DispatchResultRepository:
    """The results of one world's dispatches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, alert_id: str, below_revision: int, subscriber_id: str | None = None) -> dict[str, Told]:
        """What earlier revisions of an alert came to, by subscriber, or with one; whom nothing concerned is absent."""
        chosen = select(dispatches.c.subscriber, dispatches.c.outcome, dispatches.c.doubtful).where(
            dispatches.c.alert_id == alert_id, dispatches.c.revision < below_revision
        )
        if subscriber_id is not None:
            chosen = chosen.where(dispatches.c.subscriber == subscriber_id)
        found: dict[str, Told] = {}
        for subscriber, outcome, doubtful in self._connection.execute(chosen.order_by(dispatches.c.revision)):
            known, reached = found.get(subscriber, NOTHING_YET), outcome in TOLD or bool(doubtful)
            found[subscriber] = Told(
                told=known.told or reached,
                owed=outcome is Outcome.SUPERSEDED or (known.owed and not reached),
                under_way=known.under_way or outcome is None,
            )
        return found

    def thread(self, one: Dispatch) -> list[int]:
        """The earlier revisions of its alert that reached its subscriber, or may have, first to last."""
        chosen = select(dispatches.c.revision).where(
            dispatches.c.alert_id == one.alert_id,
            dispatches.c.subscriber == one.subscriber,
            dispatches.c.revision < one.revision,
            or_(dispatches.c.outcome.in_(TOLD), dispatches.c.doubtful),
        )
        return list(self._connection.scalars(chosen.order_by(dispatches.c.revision)))

    def of_alert(self, alert_id: str) -> list[Dispatch]:
        """What became of an alert with everybody on the list."""
        chosen = select(*columns_of(dispatches, Dispatch)).where(dispatches.c.alert_id == alert_id)
        rows = self._connection.execute(chosen.order_by(dispatches.c.revision, dispatches.c.id))
        return [Dispatch(**row._mapping) for row in rows]
