"""What is in force, and which telegram of each unit said so last (jma.md §2.4)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from alerts.situation import HazardState
from alerts.store.rows import values_of
from alerts.store.tables import hazard_states, units
from alerts.store.upsert import add_once, insert_into


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The newest telegram applied of a unit; `version` grows by one with each."""

    unit: str
    telegram_id: str
    issued_at: datetime
    version: int


class SituationRepository:
    """Units and the hazards in force. Which of two telegrams is newer is the domain's to say, not decided here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unit(self, unit: str) -> UnitRow | None:
        """The unit's newest telegram; None if none was applied yet."""
        row = self._connection.execute(select(units).where(units.c.unit == unit)).one_or_none()
        return UnitRow(**row._mapping) if row else None

    def advance_unit(self, unit: str, telegram_id: str, issued_at: datetime, expected_version: int | None) -> bool:
        """Compare and set: False if the unit is not at `expected_version` (None: not there) any more.

        Whoever gets True is the only one to have moved the unit from that version, until the transaction ends.
        """
        said = {"telegram_id": telegram_id, "issued_at": issued_at}
        if expected_version is None:
            return add_once(self._connection, units, {"unit": unit, "version": 1} | said)
        unmoved = update(units).where(units.c.unit == unit, units.c.version == expected_version)
        return self._connection.execute(unmoved.values(version=expected_version + 1, **said)).rowcount == 1

    def states_of(self, chain: str) -> dict[str, HazardState]:
        """The hazards in force by this chain, by hazard."""
        rows = self._connection.execute(select(hazard_states).where(hazard_states.c.chain == chain))
        return {state.hazard: state for state in (HazardState(**row._mapping) for row in rows)}

    def put(self, state: HazardState) -> None:
        """Notes a hazard as in force, in place of what was known of it."""
        values = values_of(state)
        insert = insert_into(self._connection, hazard_states).values(values)
        self._connection.execute(insert.on_conflict_do_update(index_elements=["chain", "hazard"], set_=values))

    def no_longer_valid(self, now: datetime) -> list[tuple[str, str]]:
        """Chain and hazard of what is in force beyond its validity."""
        chosen = select(hazard_states.c.chain, hazard_states.c.hazard).where(hazard_states.c.valid_until <= now)
        return [(chain, hazard) for chain, hazard in self._connection.execute(chosen)]

    def next_run_out(self) -> datetime | None:
        """When the next validity ends; None if nothing in force has one."""
        ends = hazard_states.c.valid_until
        first: datetime | None = self._connection.scalar(select(func.min(ends, type_=ends.type)))
        return first

    def remove(self, chain: str, hazard: str) -> None:
        """Takes a hazard out of force."""
        chosen = delete(hazard_states).where(hazard_states.c.chain == chain, hazard_states.c.hazard == hazard)
        self._connection.execute(chosen)

    def in_force(self) -> list[HazardState]:
        """Everything in force, the gravest first."""
        by_rank = select(hazard_states).order_by(
            hazard_states.c.rank.desc(), hazard_states.c.since, hazard_states.c.hazard, hazard_states.c.chain
        )
        return [HazardState(**row._mapping) for row in self._connection.execute(by_rank)]
