"""Due chunks become messages at the provider, every device with its outcome (design.md §2.6-2.7, decision 4)."""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from threading import Thread

from sqlalchemy.exc import SQLAlchemyError

from alerts.ports import StopSendingError
from alerts.service.clerk import STOPPED, Clerk
from alerts.service.desk import Desk
from alerts.service.loader import Find, Loader
from alerts.service.recorder import LeaseLostError
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork

NUDGE_AGAIN_AFTER = timedelta(seconds=3)
SWEEP_LIMIT = 200
CANDIDATES = 20  # more than workers that can take the first ones away in between
GO_ON_SECONDS = 10.0  # one nudge does the work of many, yet a worker that is to end must end within its 30 s

_log = logging.getLogger(__name__)


def deliver(
    services: Services, worker: str, *, seconds: float = GO_ON_SECONDS, find: Find | None = None
) -> dict[int, str]:
    """Tells what is due, the most urgent first, several chunks at a time, until nothing is or `seconds` have passed.

    After them only what is more urgent than everything under way is still taken on; what is under way is finished.
    Returns how each chunk ended, by id: `done`, `again` or `stopped`. Safe to call any number of times, in any number
    of processes: chunks are claimed by compare-and-set, and a device whose outcome is final is not told again.
    """
    find = find or _due(services)
    with services.database.read() as uow:
        if not find(uow, None):
            return {}
    desk = Desk()
    loader = Loader(services, worker, find, desk, time.monotonic() + seconds)
    clerk = Clerk(services, worker, loader, desk)
    books = _Books(clerk, desk)
    books.start()
    try:
        services.sender.send(desk, services.clock, desk.record)
    except StopSendingError as stopped:
        _log.warning("%s; whoever claims it next goes on", books.failure or stopped)
    finally:
        desk.leave()
        books.join()
    if books.failure is not None and not isinstance(books.failure, Exception):
        raise books.failure
    return clerk.results


def sweep(services: Services) -> int:
    """Nudges again whatever is due and unclaimed, or claimed by somebody whose lease ended; returns how many."""
    now = services.clock.now()
    with services.database.write() as uow:
        due = uow.chunks.to_nudge(now, now - NUDGE_AGAIN_AFTER, SWEEP_LIMIT)
    for chunk_id in due:
        services.nudge.chunk_due(chunk_id)
    return len(due)


def _due(services: Services) -> Find:
    def find(uow: UnitOfWork, more_urgent_than: int | None) -> Sequence[int]:
        return uow.chunks.due(services.clock.now(), CANDIDATES, more_urgent_than)

    return find


class _Books(Thread):
    """Runs the clerk beside the sender; whatever stops the one stops the other."""

    def __init__(self, clerk: Clerk, desk: Desk) -> None:
        super().__init__(name="delivery-books", daemon=True)
        self._clerk = clerk
        self._desk = desk
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Ends when the sender has ended and what it reported is written, or cannot be."""
        try:
            self._clerk.keep_books()
        except (SQLAlchemyError, LeaseLostError) as error:
            self._fail(error)
        except BaseException as error:  # noqa: BLE001 - whatever it is: who cannot record may not send
            _log.exception("the books of a delivery cannot be kept")
            self._fail(error)
        self._desk.rest()
        if self.failure is None or isinstance(self.failure, Exception):
            self._clerk.write_late()
            if self.failure is not None or STOPPED in self._clerk.results.values():
                self._clerk.put_down()

    def _fail(self, error: BaseException) -> None:
        self.failure = error
        self._desk.stop(f"outcomes cannot be recorded: {error}")
