"""The second channel for operators: the list, replays, and what became of an alert on every channel."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from alerts.alert import Urgency
from alerts.channel.letter import Outcome
from alerts.channel.subscriber import Channel, Subscriber
from alerts.service.channels.results import RevisionResults
from alerts.store.dispatch import Dispatch
from alerts.store.replays import Replay
from alerts.store.states import ChunkState
from api.residents.schemas.answer import Answer
from api.times import JapanTime, Moment

NEWEST = 2**31 - 1


class SubscriberOut(BaseModel):
    """One of the list. Its address is shown nowhere."""

    id: str = Field(examples=["s0f3a9c2b71d4e8a5"])
    channel: Channel
    name: str = Field(examples=["消防本部"])
    languages: list[str] = Field(examples=[["ja"]])
    minimum: Urgency = Field(description="What is less urgent is not told; what follows on something told always is.")
    districts: list[str] = Field(description="Empty: the whole city.")
    created_at: JapanTime
    failing_since: JapanTime | None
    failures: int
    disabled_at: JapanTime | None

    @classmethod
    def of(cls, one: Subscriber) -> "SubscriberOut":
        """As it is listed."""
        plain = {name: getattr(one, name) for name in cls.model_fields}
        return cls(**plain | {"languages": list(one.languages), "districts": sorted(one.districts)})


class ListAnswer(Answer):
    """Everybody on the list of this world."""

    subscribers: list[SubscriberOut]


class ReplayIn(BaseModel):
    """From where on everything is said again: exactly one of the two."""

    model_config = ConfigDict(extra="forbid")

    since: Moment | None = Field(None, description="Everything published from then on.")
    after: Annotated[int, Field(ge=0, le=NEWEST, description="Everything after this `cursor` of an event.")] | None = (
        None
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> "ReplayIn":
        if (self.since is None) is (self.after is None):
            raise ValueError("give since or after, and not both")
        return self


class ReplayOut(BaseModel):
    """One replay. It is over when `position` has reached `until`."""

    id: int
    state: ChunkState
    position: int = Field(description="Cursor of the last thing that was said.")
    until: int = Field(description="Cursor of the last thing that it says.")
    said: int = Field(description="How many events it has said.")
    attempts: int = Field(description="Tries of the next one so far.")
    detail: str | None
    created_at: JapanTime
    closed_at: JapanTime | None

    @classmethod
    def of(cls, one: Replay) -> "ReplayOut":
        """As it stands."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class ReplaysAnswer(Answer):
    """The newest replays to one webhook, the newest first."""

    replays: list[ReplayOut]


class LetterOut(BaseModel):
    """One revision for one subscriber. `outcome` is null while it is tried."""

    subscriber: str
    channel: Channel
    outcome: Outcome | None
    attempts: int
    detail: str | None
    closed_at: JapanTime | None

    @classmethod
    def of(cls, one: Dispatch) -> "LetterOut":
        """As it stands."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class ChannelResultsOut(BaseModel):
    """One pushed revision on every channel."""

    revision: int
    channels: dict[str, dict[str, int]] = Field(
        description="Recipients by channel (`push`, `email`, `webhook`) and result; `waiting` is not decided yet.",
        examples=[{"push": {"accepted": 41532}, "email": {"accepted": 12}, "webhook": {"waiting": 1}}],
    )
    letters: list[LetterOut]

    @classmethod
    def of(cls, one: RevisionResults) -> "ChannelResultsOut":
        """As it stands."""
        channels = {channel: dict(of) for channel, of in one.by_channel.items()}
        return cls(revision=one.revision, channels=channels, letters=[LetterOut.of(each) for each in one.letters])


class ChannelResultsAnswer(Answer):
    """What became of an alert on every channel."""

    alert_id: str
    revisions: list[ChannelResultsOut]
