"""What a worker takes on next: the most urgent that is due, as long as more is worth having (decision 17)."""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from alerts.service.cargo import Cargo, Carried
from alerts.service.claim import LEASE, claim
from alerts.service.desk import Desk
from alerts.service.fan_out import FanOut, prepare
from alerts.service.recorder import LeaseLostError
from alerts.service.services import Services
from alerts.store.chunk import Chunk
from alerts.store.unit_of_work import UnitOfWork

LOOK_SECONDS = 0.25  # how long the list of what is due is believed

_log = logging.getLogger(__name__)

Find = Callable[[UnitOfWork, int | None], Sequence[int]]


class Loader:
    """Claims and prepares chunks, and hands their jobs over.

    `find` gives the ids of due chunks, most urgent first: all of them, or those more urgent than a priority. After
    `load_until` (monotonic) only what is more urgent than everything under way is still taken on.
    """

    def __init__(self, services: Services, worker: str, find: Find, desk: Desk, load_until: float) -> None:
        self._services = services
        self._worker = worker
        self._find = find
        self._desk = desk
        self._load_until = load_until
        self._known: deque[int] = deque()
        self.look_at = 0.0  # when the list of what is due is read again

    def load(self, cargo: Cargo) -> bool:
        """Adds one chunk to the cargo; False if there is none that is worth it now."""
        while (chunk_id := self._next_known(cargo)) is not None:
            if self._must_wait(chunk_id, cargo):
                continue
            chunk = claim(self._services, chunk_id, self._worker)
            if chunk is not None:
                self._prepare(chunk, cargo)
                return True
        return False

    def _next_known(self, cargo: Cargo) -> int | None:
        now = time.monotonic()
        if now >= self._load_until and not cargo.carried:
            return None
        bound = cargo.most_urgent() if now >= self._load_until else cargo.full_from()
        if now >= self.look_at:
            self.look_at = now + LOOK_SECONDS
            with self._services.database.read() as uow:
                self._known = deque(self._find(uow, bound))
        elif bound is not None:
            self._known.clear()  # what is known may not be urgent enough
        return self._known.popleft() if self._known else None

    def _must_wait(self, chunk_id: int, cargo: Cargo) -> bool:
        if not cargo.carried:
            return False
        with self._services.database.read() as uow:
            chunk = uow.chunks.get(chunk_id)
        return chunk is not None and cargo.must_wait(chunk)

    def _prepare(self, chunk: Chunk, cargo: Cargo) -> None:
        """Hands the chunk's jobs over. What is wrong with one chunk keeps no other from being told: its lease ends."""
        prepared_at = self._services.clock.now()
        try:
            fan_out = self._fan_out(chunk, cargo)
        except (SQLAlchemyError, LeaseLostError):
            raise
        except Exception:  # noqa: BLE001 - of one chunk, and said with all it has
            _log.exception("chunk %d cannot be prepared; it is tried again", chunk.id)
            return
        cargo.carried[chunk.id] = Carried(chunk, prepared_at, fan_out.devices, fan_out.devices)
        self._desk.give_back(list(fan_out.failed))
        self._desk.hand_over(fan_out.jobs)

    def _fan_out(self, chunk: Chunk, cargo: Cargo) -> FanOut:
        """Renews all leases when it is done: preparing may take long where nobody was told before."""
        with self._services.database.write() as uow:
            fan_out = prepare(self._services, uow, chunk)
            begun = time.monotonic()
            held = [chunk.id, *cargo.carried]
            if not uow.chunks.renew(held, self._worker, self._services.clock.now(), LEASE):
                raise LeaseLostError("the lease ended while the chunk was prepared")
        self._desk.keep(begun + LEASE.total_seconds())
        return fan_out
