"""What the start page shows, taken from the same answers that the phone app gets."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter

from alerts.alert import Revision
from alerts.service import queries
from alerts.service.outage import OUTAGES
from alerts.service.queries import AlertHistory
from alerts.service.readiness import Check, readiness
from alerts.store.messages import SentMessage
from api.office import words
from api.problems import ProblemError
from api.residents.schemas.situation import SituationAnswer
from api.residents.world import WorldApi

LANGUAGE = "ja"
ON_THE_PHONE = 4
IN_THE_LIST = 8
_TEXTS = 100  # a revision has one text for each language and group of districts


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification as a phone shows it."""

    title: str
    body: str
    at: datetime
    shade: int  # the level, or the rank of a kind without one: decides the colour


@dataclass(frozen=True, slots=True)
class Told:
    """One revision as it was sent: all its texts together."""

    title: str
    at: datetime
    urgency: str
    languages: tuple[str, ...]
    results: dict[str, int]  # devices by result


@dataclass(frozen=True, slots=True)
class WorldView:
    """One world's half of the page. `situation` is None if the database was never read."""

    situation: SituationAnswer | None
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
    )


def _world(world: WorldApi, *, shows_outbox: bool) -> WorldView:
    sent = _sent(world) if shows_outbox else None
    return WorldView(_situation(world), sent, _phone(world))


def _situation(world: WorldApi) -> SituationAnswer | None:
    try:
        return world.snapshot.answers.situation_answer(LANGUAGE)
    except ProblemError:
        return None


def _sent(world: WorldApi) -> tuple[Told, ...] | None:
    try:
        texts = queries.outbox(world.services, _TEXTS)
    except OUTAGES:
        return None
    by_revision: dict[tuple[str, int], list[SentMessage]] = defaultdict(list)
    for text in texts:
        by_revision[text.alert_id, text.revision].append(text)
    return tuple(_told(together) for together in islice(by_revision.values(), IN_THE_LIST))


def _told(texts: list[SentMessage]) -> Told:
    results: Counter[str] = Counter()
    for text in texts:
        results.update(text.results)
    own = next((text for text in texts if text.language == LANGUAGE), texts[0])
    return Told(own.title, own.created_at, own.urgency, tuple(sorted({text.language for text in texts})), dict(results))


def _phone(world: WorldApi) -> tuple[Notification, ...]:
    """What the phone of a most exposed district shows: one notification an alert, a newer one in its place (R15)."""
    try:
        recent = world.snapshot.answers.overview.recent
    except ProblemError:
        return ()
    told = [max(pushed, key=attrgetter("number")) for one in recent if (pushed := _pushed(one))]
    told.sort(key=attrgetter("created_at"), reverse=True)
    return tuple(_notification(world, revision) for revision in told[:ON_THE_PHONE])


def _pushed(history: AlertHistory) -> list[Revision]:
    return [revision for revision in history.revisions if revision.pushed]


def _notification(world: WorldApi, revision: Revision) -> Notification:
    text = queries.texts(world.services, revision, LANGUAGE)[0]
    return Notification(text.title, text.body, revision.created_at, revision.level or revision.rank)
