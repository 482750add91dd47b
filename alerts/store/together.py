"""Small writes that many threads want at once go into one transaction: one wait for the disk instead of many.

After a page in the city's newsletter thousands of phones register within minutes. Each by itself, on SQLite, waits for
the writer before it, and looks now and then whether it is gone; together they wait once (issue 7.9).
"""

from collections.abc import Callable
from typing import TypeVar

from alerts.store.database import Database, run
from alerts.store.unit_of_work import UnitOfWork
from alerts.store.waiting import WaitingWrite

T = TypeVar("T")
_MOST = 64  # writes of one transaction: nobody waits long for the others


def run_together(
    database: Database, work: Callable[[UnitOfWork], T], *, retry_on: tuple[type[Exception], ...] = ()
) -> T:
    """As `run`, with whatever else waits in this process; returns, or raises, when the work is committed, or given up.

    Whoever has the turn writes for all who wait.
    """
    mine = WaitingWrite(work, retry_on)
    database.waiting.add(mine)
    with database.waiting.turn:
        if not mine.is_done:
            _write_all(database, database.waiting.with_others(mine, _MOST))
    if mine.error is not None:
        raise mine.error
    result: T = mine.result
    return result


def _write_all(database: Database, batch: list[WaitingWrite]) -> None:
    if len(batch) == 1 or not _written(database, batch):
        for one in batch:
            _write_alone(database, one)
    for one in batch:
        one.is_done = True


def _written(database: Database, batch: list[WaitingWrite]) -> bool:
    """One transaction for all; False, and nothing is written, if one of them fails."""
    try:
        with database.write() as uow:
            results = [one.work(uow) for one in batch]
    except Exception:  # noqa: BLE001  whose it is shows when each is written alone
        return False
    for one, result in zip(batch, results, strict=True):
        one.result = result
    return True


def _write_alone(database: Database, one: WaitingWrite) -> None:
    try:
        one.result = run(database, one.work, retry_on=one.retry_on)
    except Exception as error:  # noqa: BLE001  raised where it was asked for
        one.error = error
