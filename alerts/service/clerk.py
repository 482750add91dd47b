"""The one who keeps the books of a delivery: takes chunks on and records, while another thread sends (decision 17)."""

import logging
import time
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from alerts.service.cargo import Cargo, by_chunk
from alerts.service.claim import LEASE
from alerts.service.desk import FOR_EVER, Desk
from alerts.service.loader import Loader
from alerts.service.recorder import LeaseLostError, record
from alerts.service.services import Services

WRITE_SECONDS = 0.1  # outcomes wait so long for others, to be written with them
TRY_AGAIN_SECONDS = 0.05
WRITE_LATE_SECONDS = 30.0  # what the provider answered is written even when nobody may send any more
STOPPED = "stopped"

_log = logging.getLogger(__name__)


class Clerk:
    """Fills a desk from what is due, and empties it into the database."""

    def __init__(self, services: Services, worker: str, loader: Loader, desk: Desk) -> None:
        self._services = services
        self._worker = worker
        self._loader = loader
        self._desk = desk
        self._cargo = Cargo()
        self._write_at = 0.0
        self._ended: dict[int, str] = {}

    @property
    def results(self) -> dict[int, str]:
        """How each chunk ended, by id: `done`, `again`, or `stopped` where it was begun and not ended."""
        return dict.fromkeys(self._cargo.carried, STOPPED) | self._ended

    def keep_books(self) -> None:
        """Returns when nothing is left to do or the sender has ended; then no job follows."""
        while not self._desk.is_left:
            if time.monotonic() >= self._write_at or self._cargo.is_told:
                self._write()
            if self._loader.load(self._cargo):
                continue
            if not self._cargo.carried:
                return self._desk.end()
            if not self._cargo.is_told:
                self._desk.rest(max(0.0, min(self._write_at, self._loader.look_at) - time.monotonic()))
        return None

    def write_late(self) -> None:
        """Records what the provider answered before the sender had to stop: nobody is told again for want of a row."""
        end = time.monotonic() + WRITE_LATE_SECONDS
        while outcomes := self._desk.answers():
            try:
                record(self._services, self._cargo, by_chunk(outcomes), self._worker)
            except LeaseLostError:
                return
            except Exception as error:  # noqa: BLE001 - whatever it is may pass
                self._desk.give_back(outcomes)
                if time.monotonic() > end:
                    _log.error("%d outcomes could not be recorded: %s", len(outcomes), error)
                    return
                time.sleep(TRY_AGAIN_SECONDS)

    def put_down(self) -> None:
        """Gives back what is not ended, once the sender has: it is due again now, not at the end of a lease.

        A write that fails leaves it to that end.
        """
        with suppress(SQLAlchemyError), self._services.database.write() as uow:
            uow.chunks.put_down(self._worker, self._services.clock.now())

    def _write(self) -> None:
        """Raises what keeps it from being written, once the leases are over."""
        outcomes, begun = self._desk.answers(), time.monotonic()
        self._write_at = begun + WRITE_SECONDS
        if not self._cargo.carried:
            return
        told = by_chunk(outcomes)
        after = self._cargo.after(told)
        try:
            ended = record(self._services, after, told, self._worker)
        except LeaseLostError:
            raise
        except Exception as error:
            self._desk.give_back(outcomes)
            if begun >= self._desk.kept_until:
                raise
            _log.warning("outcomes are not recorded yet: %s", error)
            self._desk.rest(TRY_AGAIN_SECONDS)
            self._write_at = begun
            return
        self._desk.keep(begun + LEASE.total_seconds())
        self._cargo = after.without(ended)
        self._ended |= ended
        if ended:
            self._loader.look_at = 0.0  # what waited for them may be due now (R29)
        if not self._cargo.carried:
            self._desk.keep(FOR_EVER)  # the sender has nothing that a lease is needed for
