"""One transaction and the repositories that take part in it. Only `Database` commits."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from alerts.store.alarm import Alarm
from alerts.store.alarm_log import AlarmLog
from alerts.store.alarms import AlarmRepository
from alerts.store.alerts import AlertRepository
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
from alerts.store.openings import OpeningRepository
from alerts.store.postings import PostingRepository
from alerts.store.proposals import ProposalRepository
from alerts.store.reach import ReachRepository
from alerts.store.receipts import ReceiptRepository
from alerts.store.registration_keys import RegistrationKeyRepository
from alerts.store.replays import ReplayRepository
from alerts.store.rule_versions import RuleVersionRepository
from alerts.store.sharing import SharingRepository
from alerts.store.sites import SiteRepository
from alerts.store.situation import SituationRepository
from alerts.store.standing import StandingRepository
from alerts.store.subscribers import SubscriberRepository
from alerts.store.telegrams import TelegramRepository
from alerts.store.turns import TurnRepository
from alerts.store.versions import VersionRepository


class UnitOfWork:
    """Everything that is written together, or not at all (design.md §2.5)."""

    def __init__(self, connection: Connection, alarm_log: AlarmLog) -> None:
        self.telegrams = TelegramRepository(connection)
        self.situation = SituationRepository(connection)
        self.alerts = AlertRepository(connection)
        self.chunks = ChunkRepository(connection)
        self.turns = TurnRepository(connection)
        self.messages = MessageRepository(connection)
        self.held_back = HeldBackRepository(connection)
        self.deliveries = DeliveryRepository(connection)
        self.devices = DeviceRepository(connection)
        self.registration_keys = RegistrationKeyRepository(connection)
        self.feeds = FeedRepository(connection)
        self.versions = VersionRepository(connection)
        self.heartbeats = HeartbeatRepository(connection)
        self.alarms = AlarmRepository(connection, self._alarm_opened)
        self.sites = SiteRepository(connection)
        self.openings = OpeningRepository(connection)
        self.rules = RuleVersionRepository(connection)
        self.standing = StandingRepository(connection)
        self.proposals = ProposalRepository(connection)
        self.receipts = ReceiptRepository(connection)
        self.sharing = SharingRepository(connection)
        self.drills = DrillRepository(connection)
        self.subscribers = SubscriberRepository(connection)
        self.postings = PostingRepository(connection)
        self.dispatches = DispatchRepository(connection)
        self.dispatch_results = DispatchResultRepository(connection)
        self.replays = ReplayRepository(connection)
        self.reach = ReachRepository(connection)
        self._alarm_log = alarm_log
        self.displays = DisplayRepository(connection)
        self._after_commit: list[Callable[[], None]] = []

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
