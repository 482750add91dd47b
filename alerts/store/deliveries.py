"""What became of each revision on each device: one row, and a result that never goes back (R5, R15, R27)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Update,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from alerts.ports import TOLD_PERHAPS, PushOutcome, PushResult
from alerts.store.bulk import INTEGER, TEXT, dialect_of, packed, rows_given
from alerts.store.chunk import Chunk
from alerts.store.delivery import FIRM, DeliveryRow, firmness
from alerts.store.messages import Rung
from alerts.store.rows import columns_of
from alerts.store.states import OPEN_CHUNKS
from alerts.store.tables import chunks, deliveries, devices
from alerts.store.upsert import Insert, insert_for

_AT = deliveries.c.at.type


class DeliveryRepository:
    """The deliveries of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, chunk: Chunk, told: Mapping[int, int], channel: str, now: datetime) -> None:
        """Marks devices as `sending`, before anything is sent. `told` gives each device the id of its message.

        A device with a final result keeps it; one without is in doubt again, with one attempt more.
        """
        fixed = _said(alert_id=chunk.alert_id, revision=chunk.revision, channel=channel, chunk_id=chunk.id, at=now)
        self._connection.execute(_start(dialect_of(self._connection)), packed(told.items()) | fixed)

    def record(self, alert_id: str, revision: int, outcomes: Sequence[PushOutcome], now: datetime) -> int:
        """Writes outcomes; returns how many rows took them. An older result never overwrites a firmer one."""
        given = packed(outcome[:4] for outcome in outcomes)  # device, result, provider_id, error
        fixed = _said(alert_id=alert_id, revision=revision, at=now)
        return self._connection.execute(_record(dialect_of(self._connection)), given | fixed).rowcount

    def end_in_doubt(self, chunk: Chunk, now: datetime) -> int:
        """Ends those of a chunk that nobody can be told any more: marked `sending`, and since then gone (R27)."""
        return self._connection.execute(_END_IN_DOUBT, _of(chunk) | _said(at=now)).rowcount

    def share_outcomes(self, chunk: Chunk) -> None:
        """What else a digest told has the outcome of its own revision, device by device: it was one push."""
        own = deliveries.alias("own")
        of_own = own.c.alert_id == chunk.alert_id, own.c.revision == chunk.revision, own.c.chunk_id == chunk.id
        told = deliveries.c.chunk_id == chunk.id, deliveries.c.alert_id != chunk.alert_id
        there = deliveries.c.device.between(chunk.device_from, chunk.device_to)
        shared = update(deliveries).where(*told, there, *of_own, own.c.device == deliveries.c.device)
        names = ("result", "provider_id", "error", "at")
        self._connection.execute(shared.values({name: own.c[name] for name in names}))

    def overtaken(self, chunk: Chunk, now: datetime) -> None:
        """Whoever a chunk left in doubt stays so no longer: what took its place is told instead (R27)."""
        doubted = update(deliveries).where(*_DOUBTED).values(result=PushResult.SUPERSEDED, at=_the("at"))
        self._connection.execute(doubted, _of(chunk) | _said(at=now))

    def hand_on(self, chunk: Chunk) -> None:
        """Whoever a digest that ends has not told for sure is told by the others of its hour, each of its own alert."""
        own = chunks.c.alert_id == deliveries.c.alert_id, chunks.c.revision == deliveries.c.revision
        there = deliveries.c.device.between(chunks.c.device_from, chunks.c.device_to)
        is_open = chunks.c.digest_of == chunk.digest_of, chunks.c.state.in_(OPEN_CHUNKS)
        next_one = select(func.min(chunks.c.id)).where(*own, there, *is_open).correlate(deliveries).scalar_subquery()
        left = deliveries.c.chunk_id == chunk.id, deliveries.c.alert_id != chunk.alert_id, ~_IS_FIRM
        asked = deliveries.c.alert_id.in_(select(chunks.c.alert_id).where(*is_open))
        told = deliveries.c.device.between(chunk.device_from, chunk.device_to)
        handed = update(deliveries).where(asked, told, *left, next_one.is_not(None))
        self._connection.execute(handed.values(chunk_id=next_one))

    def in_doubt(self, chunk: Chunk) -> set[int]:
        """Devices that an earlier try of the chunk may have told: marked `sending`, and no answer recorded."""
        return set(self._connection.scalars(_IN_DOUBT, _of(chunk)))

    def taken(self, chunk: Chunk) -> set[int]:
        """Devices of the chunk's range that its revision reached for good, or that another chunk is telling."""
        return set(self._connection.scalars(_TAKEN, _of(chunk)))

    def unfinished(self, chunk: Chunk) -> int:
        """How many of the chunk's devices the provider would not take now, and may take later."""
        return self._connection.execute(_UNFINISHED, _of(chunk)).scalar_one()

    def results(self, alert_id: str, revision: int, device_from: int, device_to: int) -> dict[int, PushResult]:
        """The results in a range of devices, both ends inclusive; a device not begun is absent."""
        chosen = select(deliveries.c.device, deliveries.c.result).where(
            deliveries.c.alert_id == alert_id,
            deliveries.c.revision == revision,
            deliveries.c.device.between(device_from, device_to),
        )
        return dict(self._connection.execute(chosen).all())

    def receivers(self, alert_id: str, below_revision: int, device_from: int, device_to: int) -> set[int]:
        """Devices of a range that an earlier revision reached, or may have reached (R5)."""
        if below_revision <= 1:
            return set()  # the beginning of an alert follows nothing
        there = _said(alert_id=alert_id, revision=below_revision, device_from=device_from, device_to=device_to)
        return set(self._connection.scalars(_RECEIVERS, there))

    def reached_by(self, rung: Rung, device_from: int, device_to: int, since: datetime) -> set[int]:
        """Devices of a range that the provider took a text for, since then."""
        chosen = select(deliveries.c.device).where(
            deliveries.c.alert_id == rung.alert_id,
            deliveries.c.revision == rung.revision,
            deliveries.c.device.between(device_from, device_to),
            deliveries.c.message_id == rung.message_id,
            deliveries.c.result == PushResult.ACCEPTED,
            deliveries.c.at >= since,
        )
        return set(self._connection.scalars(chosen))

    def counts(self, alert_id: str, revision: int | None = None) -> dict[PushResult, int]:
        """How many devices have which result, of one revision or of all of an alert."""
        counted = select(deliveries.c.result, func.count()).where(deliveries.c.alert_id == alert_id)
        if revision is not None:
            counted = counted.where(deliveries.c.revision == revision)
        return dict(self._connection.execute(counted.group_by(deliveries.c.result)).all())

    def span(self, alert_id: str, revision: int) -> tuple[datetime, datetime] | None:
        """When the first and the last device of a revision had its answer; None if none has."""
        answered = select(func.min(deliveries.c.at, type_=_AT), func.max(deliveries.c.at, type_=_AT)).where(
            deliveries.c.alert_id == alert_id,
            deliveries.c.revision == revision,
            deliveries.c.result != PushResult.SENDING,
        )
        first, last = self._connection.execute(answered).one()
        return (first, last) if first else None

    def answered(self, alert_id: str, revision: int) -> set[int]:
        """The devices of a revision that have an outcome, whatever it is."""
        chosen = select(deliveries.c.device).where(
            deliveries.c.alert_id == alert_id,
            deliveries.c.revision == revision,
            deliveries.c.result != PushResult.SENDING,
        )
        return set(self._connection.scalars(chosen))

    def counts_in(self, alert_id: str, revision: int, devices: Iterable[int]) -> dict[PushResult, int]:
        """How many of these devices have which result; any number may be asked."""
        asked = rows_given({"device": INTEGER}, dialect_of(self._connection))
        counted = select(deliveries.c.result, func.count()).join(asked, deliveries.c.device == asked.c.device)
        counted = counted.where(deliveries.c.alert_id == alert_id, deliveries.c.revision == revision)
        given = packed([device] for device in devices)
        return dict(self._connection.execute(counted.group_by(deliveries.c.result), given).all())

    def of_device(self, device: int) -> list[DeliveryRow]:
        """All that was sent to one device, the newest first."""
        chosen = select(*columns_of(deliveries, DeliveryRow)).where(deliveries.c.device == device)
        rows = self._connection.execute(chosen.order_by(deliveries.c.at.desc(), deliveries.c.revision.desc()))
        return [DeliveryRow(**row._mapping) for row in rows]


def _of(chunk: Chunk) -> dict[str, Any]:
    """What the statements below ask of a chunk."""
    there = {"device_from": chunk.device_from, "device_to": chunk.device_to}
    return _said(alert_id=chunk.alert_id, revision=chunk.revision, chunk_id=chunk.id, **there)


def _said(**values: object) -> dict[str, Any]:
    """Parameters by column; SQLAlchemy keeps the columns' own names to itself."""
    return {f"the_{column}": value for column, value in values.items()}


def _the(column: str) -> BindParameter[Any]:
    return bindparam(f"the_{column}", type_=deliveries.c[column].type)


# Asked of every chunk, hundreds of times a minute, and so built once.
_RANGE = bindparam("the_device_from", type_=INTEGER), bindparam("the_device_to", type_=INTEGER)
_THERE = deliveries.c.alert_id == _the("alert_id"), deliveries.c.device.between(*_RANGE)
_OF_REVISION = *_THERE, deliveries.c.revision == _the("revision")
_BEGUN = *_OF_REVISION, deliveries.c.chunk_id == _the("chunk_id")
_DOUBTED = *_BEGUN, deliveries.c.result == PushResult.SENDING
_IS_FIRM = firmness(deliveries.c.result) >= FIRM
_IN_DOUBT = select(deliveries.c.device).where(*_DOUBTED)
_TAKEN = select(deliveries.c.device).where(*_OF_REVISION, or_(_IS_FIRM, deliveries.c.chunk_id != _the("chunk_id")))
_UNFINISHED = select(func.count()).where(*_BEGUN, deliveries.c.result != PushResult.SENDING, ~_IS_FIRM)
_RECEIVERS = select(deliveries.c.device).where(
    *_THERE, deliveries.c.revision < _the("revision"), deliveries.c.result.in_(TOLD_PERHAPS)
)
_REACHABLE = select(devices.c.number).where(devices.c.number.between(*_RANGE), devices.c.reachable)
_END_IN_DOUBT = (
    update(deliveries)
    .where(*_DOUBTED, deliveries.c.device.not_in(_REACHABLE))
    .values(result=PushResult.UNREGISTERED, at=_the("at"))
)


@cache
def _start(dialect: str) -> Insert:
    given = rows_given({"device": INTEGER, "message_id": INTEGER}, dialect)
    fixed = {name: _the(name) for name in ("alert_id", "revision", "channel", "chunk_id", "at")}
    fixed |= {"result": literal(PushResult.SENDING, deliveries.c.result.type), "attempts": literal(1)}
    # `WHERE true`: or SQLite takes ON CONFLICT for a join's ON
    rows = select(given.c.device, given.c.message_id, *fixed.values()).where(true())
    insert = insert_for(dialect, deliveries).from_select(["device", "message_id", *fixed], rows)
    again = {name: insert.excluded[name] for name in ("channel", "result", "chunk_id", "message_id", "at")}
    return insert.on_conflict_do_update(
        index_elements=["alert_id", "revision", "device"],
        set_=again | {"attempts": deliveries.c.attempts + 1},
        where=firmness(deliveries.c.result) < FIRM,
    )


@cache
def _record(dialect: str) -> Update:
    given = rows_given({"device": INTEGER, "result": TEXT, "provider_id": TEXT, "error": TEXT}, dialect)
    taken = update(deliveries).where(
        deliveries.c.alert_id == _the("alert_id"),
        deliveries.c.revision == _the("revision"),
        deliveries.c.device == given.c.device,
        firmness(deliveries.c.result) < firmness(given.c.result),
    )
    return taken.values(result=given.c.result, provider_id=given.c.provider_id, error=given.c.error, at=_the("at"))
