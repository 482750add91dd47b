"""Alerts of one world as CAP messages: which there are just now, and their bytes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from alerts.cap.chain import Message, messages, standing_until
from alerts.cap.publisher import Publisher
from alerts.cap.writing import to_xml
from alerts.service.queries import AlertHistory
from api.residents.answers import Answers
from api.residents.prepared import SHORT, Prepared
from api.residents.world import WorldApi

CAP = "application/cap+xml"
KEY = re.compile(r"[1-9]\d{0,8}(-[1-9]\d{0,8})?")  # of a message: revision, and which time it is said again
FEED_LENGTH = 60  # entries; whatever is in force stands in the feed beyond that too


@dataclass(frozen=True, slots=True)
class Told:
    """An alert and all its messages so far, first to last."""

    history: AlertHistory
    messages: tuple[Message, ...]

    @property
    def latest(self) -> Message:
        """The message that holds now."""
        return self.messages[-1]

    @property
    def updated(self) -> datetime:
        """When the latest message was made: a telegram may have come late."""
        message = self.latest
        return message.sent if message.repeat else max(message.sent, message.revision.created_at)


class Published:
    """The messages of one world, made from what the snapshot holds. Nothing here touches the database."""

    def __init__(self, world: WorldApi) -> None:
        services = world.services
        self.world = world
        self.publisher = Publisher.of(services.world, services.pack, services.wording)

    @property
    def base(self) -> str:
        """What the addresses of this world begin with: whole if the service knows its own, else without a server."""
        return self.world.services.public_url + self.world.prefix

    def told(self, history: AlertHistory, answers: Answers) -> Told:
        """An alert with its messages. What nobody knows to stand any more is not said again."""
        states = {state.alert_id: state for state in answers.overview.states}
        until = standing_until(states.get(history.alert.id), answers.basis.ages.situation.as_of)
        return Told(history, messages(history.revisions, until))

    def newest(self, answers: Answers) -> list[Told]:
        """What the feed holds, newest first: whatever is in force, and what changed last."""
        return sorted(self._chosen(answers), key=lambda told: told.updated, reverse=True)

    def document(self, told: Told, key: str | None, answers: Answers) -> Prepared | None:
        """One message, the latest if none is named; None if there is no such message."""
        ends = [at for at, message in enumerate(told.messages, start=1) if key in {None, message.key}]
        if not ends:
            return None
        said = told.messages[: ends[-1]]
        return answers.made(f"cap/{told.history.alert.id}/{said[-1].key}", "", lambda: self._prepared(told, said))

    def _prepared(self, told: Told, said: Sequence[Message]) -> Prepared:
        body = to_xml(self.publisher.compose(told.history.alert, said))
        return Prepared(body, media_type=CAP, language=None, caching=SHORT)

    def _chosen(self, answers: Answers) -> Iterator[Told]:
        overview = answers.overview
        in_force = {state.alert_id for state in overview.states}
        recent = [history.alert.id for history in overview.recent][:FEED_LENGTH]
        for alert_id in dict.fromkeys((*recent, *in_force)):
            if alert_id in overview.histories:
                yield self.told(overview.histories[alert_id], answers)


def as_of(answers: Answers) -> datetime:
    """The moment for which the answers hold; that of the last change where no feed was ever read."""
    return answers.basis.ages.situation.as_of or answers.basis.held.at.astimezone(UTC)
