"""What the start page shows, taken from the same answers that the phone app gets."""

from dataclasses import dataclass
from datetime import datetime

from alerts.proposal import Proposal, ProposalState
from alerts.service import proposals, queries
from alerts.service.outage import OUTAGES
from alerts.service.readiness import URGENT_ALARMS, Check, readiness
from alerts.service.services import Services
from alerts.store.alarm import OpenKind
from api.office import told, words
from api.office.told import LANGUAGE, Notification, Told
from api.problems import ProblemError
from api.residents.answers import Answers
from api.residents.schemas.situation import SituationAnswer
from api.residents.world import WorldApi


@dataclass(frozen=True, slots=True)
class WorldView:
    """One world's half of the page. `situation` is None if the database was never read."""

    situation: SituationAnswer | None
    proposals: tuple[Proposal, ...]  # that wait for a decision
    sent: tuple[Told, ...] | None  # None: not shown here, or not readable
    phone: tuple[Notification, ...]


@dataclass(frozen=True, slots=True)
class StartView:
    """The whole page."""

    city: str
    prefecture: str
    now: datetime
    embedded: bool
    reaches_phones: bool
    live: WorldView
    drill: WorldView
    checks: tuple[Check, ...]
    alarms: tuple[OpenKind, ...]  # of the live world

    @property
    def urgent_kinds(self) -> frozenset[str]:
        """The kinds among the open alarms that make the service unready."""
        return URGENT_ALARMS & {alarm.kind for alarm in self.alarms}

    @property
    def harms_pushes(self) -> bool:
        """Whether one of them may keep residents from being told; a decision that waits keeps nobody."""
        return bool(self.urgent_kinds - {"undecided"})


def start_view(live: WorldApi, drill: WorldApi) -> StartView:
    """Reads both worlds. What the database cannot tell just now is left out, and the page says so."""
    services = live.services
    embedded = services.environment == "embedded"
    return StartView(
        city=services.pack.codes.name,
        prefecture=services.pack.codes.prefecture,
        now=services.clock.now(),
        embedded=embedded,
        reaches_phones=services.sender.channel != "none",
        live=_world(live, shows_outbox=embedded),
        drill=_world(drill, shows_outbox=True),
        checks=tuple(check for check in readiness(services).checks if check.name in words.PARTS),
        alarms=_alarms(services),
    )


def _world(world: WorldApi, *, shows_outbox: bool) -> WorldView:
    """What is for operators is shown where the outbox is: there is no login yet."""
    waiting = _waiting(world.services) if shows_outbox else ()
    return WorldView(
        situation(world.snapshot.answers), waiting, told.sent(world) if shows_outbox else None, told.phone(world)
    )


def _waiting(services: Services) -> tuple[Proposal, ...]:
    try:
        return tuple(one for one in proposals.holding(services) if one.state is ProposalState.OPEN)
    except OUTAGES:
        return ()


def situation(answers: Answers) -> SituationAnswer | None:
    """What is in force; None if the database was never read."""
    try:
        return answers.situation_answer(LANGUAGE)
    except ProblemError:
        return None


def _alarms(services: Services) -> tuple[OpenKind, ...]:
    """None known where the database cannot be read; the state of the service says that it cannot."""
    try:
        return tuple(queries.open_alarms(services))
    except OUTAGES:
        return ()
