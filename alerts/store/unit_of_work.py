"""One transaction and the repositories that take part in it. Only `Database` commits."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Generic, TypeVar

from sqlalchemy import Connection

from alerts.store.alarm import Alarm
from alerts.store.alarm_log import AlarmLog
from alerts.store.alarms import AlarmRepository
from alerts.store.alerts import AlertRepository
from alerts.store.audit import AuditRepository
from alerts.store.chunks import ChunkRepository
from alerts.store.deliveries import DeliveryRepository
from alerts.store.devices import DeviceRepository
from alerts.store.dispatch_results import DispatchResultRepository
from alerts.store.dispatches import DispatchRepository
from alerts.store.displays import DisplayRepository
from alerts.store.drills import DrillRepository
from alerts.store.feeds import FeedRepository
from alerts.store.heartbeats import HeartbeatRepository
from alerts.store.held_back import HeldBackRepository
from alerts.store.messages import MessageRepository
from alerts.store.office import OfficeRepository
from alerts.store.officers import OfficerRepository
from alerts.store.openings import OpeningRepository
from alerts.store.passkeys import PasskeyRepository
from alerts.store.people_requests import PeopleRequestRepository
from alerts.store.postings import PostingRepository
from alerts.store.proofs import ProofRepository
from alerts.store.proposals import ProposalRepository
from alerts.store.reach import ReachRepository
from alerts.store.receipts import ReceiptRepository
from alerts.store.registration_keys import RegistrationKeyRepository
from alerts.store.replays import ReplayRepository
from alerts.store.rule_versions import RuleVersionRepository
from alerts.store.sessions import GuessRepository, SessionRepository
from alerts.store.sharing import SharingRepository
from alerts.store.shelter_passes import ShelterPassRepository
from alerts.store.sites import SiteRepository
from alerts.store.situation import SituationRepository
from alerts.store.standing import StandingRepository
from alerts.store.subscribers import SubscriberRepository
from alerts.store.telegrams import TelegramRepository
from alerts.store.turns import TurnRepository
from alerts.store.versions import VersionRepository

R = TypeVar("R")


class Of(Generic[R]):
    """A repository of a transaction, made when it is first asked for: most transactions need two of thirty."""

    def __init__(self, repository: Callable[[Connection], R]) -> None:
        self._make = repository

    def __set_name__(self, _owner: type["UnitOfWork"], name: str) -> None:
        self._name = name

    def __get__(self, uow: "UnitOfWork", _owner: type["UnitOfWork"]) -> R:
        made = self._make(uow.connection)
        uow.__dict__[self._name] = made  # from now on it stands before this
        return made


class UnitOfWork:
    """Everything that is written together, or not at all (design.md §2.5)."""

    telegrams = Of(TelegramRepository)
    situation = Of(SituationRepository)
    alerts = Of(AlertRepository)
    chunks = Of(ChunkRepository)
    turns = Of(TurnRepository)
    messages = Of(MessageRepository)
    held_back = Of(HeldBackRepository)
    deliveries = Of(DeliveryRepository)
    devices = Of(DeviceRepository)
    registration_keys = Of(RegistrationKeyRepository)
    feeds = Of(FeedRepository)
    versions = Of(VersionRepository)
    heartbeats = Of(HeartbeatRepository)
    sites = Of(SiteRepository)
    openings = Of(OpeningRepository)
    office = Of(OfficeRepository)
    rules = Of(RuleVersionRepository)
    standing = Of(StandingRepository)
    proposals = Of(ProposalRepository)
    receipts = Of(ReceiptRepository)
    sharing = Of(SharingRepository)
    drills = Of(DrillRepository)
    subscribers = Of(SubscriberRepository)
    postings = Of(PostingRepository)
    dispatches = Of(DispatchRepository)
    dispatch_results = Of(DispatchResultRepository)
    replays = Of(ReplayRepository)
    reach = Of(ReachRepository)
    displays = Of(DisplayRepository)
    officers = Of(OfficerRepository)
    sessions = Of(SessionRepository)
    guesses = Of(GuessRepository)
    passkeys = Of(PasskeyRepository)
    people_requests = Of(PeopleRequestRepository)
    shelter_passes = Of(ShelterPassRepository)
    proofs = Of(ProofRepository)

    def __init__(self, connection: Connection, alarm_log: AlarmLog, world: str) -> None:
        self.connection = connection
        self._world = world
        self._alarm_log = alarm_log
        self._after_commit: list[Callable[[], None]] = []

    @cached_property
    def alarms(self) -> AlarmRepository:
        """What needs somebody's look."""
        return AlarmRepository(self.connection, self._alarm_opened)

    @cached_property
    def audit(self) -> AuditRepository:
        """The book of this world."""
        return AuditRepository(self.connection, self._world)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Has `call` run once everything is committed, never if it is rolled back: nudges, not writes."""
        self._after_commit.append(call)

    def committed(self) -> None:
        """Runs what waited for the commit, in order."""
        for call in self._after_commit:
            call()

    def _alarm_opened(self, alarm: Alarm) -> None:
        """Said when it is in the database: a transaction that is tried again says it once."""
        self.after_commit(partial(self._alarm_log.opened, alarm))
