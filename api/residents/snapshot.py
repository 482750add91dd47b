"""One world's answers in memory: looked at once a second, served without the database (design.md §2, R30)."""

import logging
from datetime import timedelta

from alerts.service.services import Services
from api.residents.answers import Answers
from api.residents.basis import Basis
from api.residents.freshness import of_world
from api.residents.held import bundled, newer
from api.residents.last_known import LastKnown

_LOG = logging.getLogger(__name__)

LOST_AFTER = timedelta(seconds=5)  # a look that takes longer hangs: what we hold may be old


class Snapshot:
    """The newest answers of one world. `refresh` is called by one thread, `answers` by every request."""

    def __init__(self, services: Services, last_known: LastKnown | None = None) -> None:
        """Begins with what `last_known` has from an earlier run."""
        self.services = services
        self._last_known = last_known
        self._held = last_known.read(bundled(services)) if last_known else bundled(services)
        self._looked_at = services.clock.now()
        self._lost = True  # until the first look
        self._answers = self._made()

    def refresh(self) -> None:
        """One look at the database; never raises. What it cannot read stays as it was, and is called stale."""
        try:
            self._held = newer(self.services, self._held)
        except Exception as error:  # noqa: BLE001  whatever is wrong with the database, residents get the last answers
            self._note(lost=True, error=error)
        else:
            self._looked_at = self.services.clock.now()
            self._note(lost=False)
            if self._last_known:
                self._last_known.keep(self._held)
        self._publish()

    @property
    def answers(self) -> Answers:
        """The answers to give now; stale ones if the last look failed, or hangs."""
        if not self._lost and self.services.clock.now() - self._looked_at > LOST_AFTER:
            self._note(lost=True)
            self._publish()
        return self._answers

    def _note(self, *, lost: bool, error: Exception | None = None) -> None:
        if lost and not self._lost:
            told = "the %s database cannot be read: its last answers are served, as stale"
            _LOG.error(told, self._world, exc_info=error)
        if self._lost and not lost:
            _LOG.info("the %s database is read", self._world)
        self._lost = lost

    def _publish(self) -> None:
        """Puts new answers in place of the old; bytes already made are kept if nothing in them would differ."""
        made = self._made()
        if made.basis != self._answers.basis:
            self._answers = made

    def _made(self) -> Answers:
        return Answers(self.services, Basis(self._held, of_world(self.services, self._held, lost=self._lost)))

    @property
    def _world(self) -> str:
        return self.services.world.name
