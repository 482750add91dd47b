"""Drill runs: which step is due when. Time lives in the row, so a crash loses no step (design.md §2.6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from alerts.store.states import DrillState
from alerts.store.tables import drill_runs


@dataclass(frozen=True, slots=True)
class DrillRun:
    """One run of a drill; `next_step` counts from 0 and is played at `due_at`."""

    id: int
    drill: str
    speed: float  # 10: story time runs ten times as fast
    next_step: int
    due_at: datetime
    started_at: datetime
    state: DrillState


class DrillRepository:
    """The drill runs of a drill world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, drill: str, speed: float, now: datetime) -> int:
        """Begins a run whose first step is due at once; returns its id."""
        times = {"due_at": now, "started_at": now}
        values = {"drill": drill, "speed": speed, "next_step": 0, "state": DrillState.RUNNING, **times}
        started = insert(drill_runs).values(values).returning(drill_runs.c.id)
        return int(self._connection.execute(started).scalar_one())

    def stop(self, run_id: int) -> bool:
        """Stops one run; False if it does not run any more."""
        running = update(drill_runs).where(drill_runs.c.id == run_id, drill_runs.c.state == DrillState.RUNNING)
        return self._connection.execute(running.values(state=DrillState.STOPPED)).rowcount == 1

    def stop_all(self) -> int:
        """Stops every running drill; returns how many."""
        running = update(drill_runs).where(drill_runs.c.state == DrillState.RUNNING)
        return self._connection.execute(running.values(state=DrillState.STOPPED)).rowcount

    def due(self, now: datetime) -> list[DrillRun]:
        """The running drills whose next step is due."""
        chosen = select(drill_runs).where(drill_runs.c.state == DrillState.RUNNING, drill_runs.c.due_at <= now)
        return [DrillRun(**row._mapping) for row in self._connection.execute(chosen.order_by(drill_runs.c.due_at))]

    def advance(self, run_id: int, played_step: int, next_due_at: datetime, *, done: bool) -> bool:
        """Compare and set: False if that step is not the next one any more, or the run was stopped."""
        unmoved = update(drill_runs).where(
            drill_runs.c.id == run_id, drill_runs.c.next_step == played_step, drill_runs.c.state == DrillState.RUNNING
        )
        state = DrillState.DONE if done else DrillState.RUNNING
        moved = unmoved.values(next_step=played_step + 1, due_at=next_due_at, state=state)
        return self._connection.execute(moved).rowcount == 1

    def list(self, limit: int = 50) -> list[DrillRun]:
        """The runs begun last, the newest first."""
        newest = select(drill_runs).order_by(drill_runs.c.id.desc()).limit(limit)
        return [DrillRun(**row._mapping) for row in self._connection.execute(newest)]
