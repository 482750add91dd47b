"""What was told, for the start page: the record of it, and how it looks on a phone."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from alerts.alert import Revision
from alerts.service import queries
from alerts.service.outage import OUTAGES
from alerts.service.queries import AlertHistory, SentRevision
from api.problems import ProblemError
from api.residents.colours import shade_of
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
    shade: int  # the level, or the class of a kind without one: decides the colour


@dataclass(frozen=True, slots=True)
class Told:
    """One revision as it was sent: all its texts together."""

    alert_id: str
    revision: int
    title: str
    at: datetime
    urgency: str
    languages: tuple[str, ...]
    results: dict[str, int]  # devices by result


def sent(world: WorldApi) -> tuple[Told, ...] | None:
    """The revisions sent last, newest first; None if the database cannot be read."""
    try:
        return tuple(map(_told, queries.sent_last(world.services, _TEXTS, IN_THE_LIST)))
    except OUTAGES:
        return None


def _told(revision: SentRevision) -> Told:
    texts = revision.texts
    own = next((text for text in texts if text.language == LANGUAGE), texts[0])
    languages = tuple(sorted({text.language for text in texts}))
    return Told(own.alert_id, own.revision, own.title, own.created_at, own.urgency, languages, dict(revision.results))


def phone(world: WorldApi) -> tuple[Notification, ...]:
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
    shade = shade_of(revision.hazard, revision.level, revision.rank)
    return Notification(text.title, text.body, revision.created_at, shade)
