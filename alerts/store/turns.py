"""The chunks of a revision, as they tell afterwards who had a turn and how it ended (issue 4)."""

from sqlalchemy import Connection, select

from alerts.store.states import ChunkState
from alerts.store.tables import chunks
from alerts.why.ground import Turn


class TurnRepository:
    """Reads what became of each chunk; never changes one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, alert_id: str, revision: int, device: int | None = None) -> list[Turn]:
        """All chunks of a revision, or those whose range holds one device number, in their order."""
        chosen = select(chunks.c.tier, chunks.c.state, chunks.c.closed_at).where(
            chunks.c.alert_id == alert_id, chunks.c.revision == revision
        )
        if device is not None:
            chosen = chosen.where(chunks.c.device_from <= device, chunks.c.device_to >= device)
        return [
            Turn(tier, state is ChunkState.SUPERSEDED, state is ChunkState.EXPIRED, closed_at)
            for tier, state, closed_at in self._connection.execute(chosen.order_by(chunks.c.id))
        ]
