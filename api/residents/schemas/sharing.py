"""Family share: a code, and the follows that came of it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.sharing import MOST_FOLLOWED
from alerts.store.sharing import Follow
from api.residents.schemas.answer import Answer
from api.times import JapanTime


class ShareCodeAnswer(Answer):
    """Read it out, or show it: it works once, for one phone. A new one takes its place."""

    code: str = Field(examples=["7KQ2M-9XW4C"])
    expires_at: JapanTime


class FollowIn(BaseModel):
    """The code that another phone was given."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(min_length=10, max_length=24)] = Field(
        description="Large or small letters, with or without dashes and blanks.", examples=["7KQ2M-9XW4C"]
    )


class FollowItem(BaseModel):
    """A phone whose places this one is told about. What they are only pushes say."""

    id: str
    number: int = Field(ge=0, lt=MOST_FOLLOWED, description="In `follows` of the data of a push. The phone names it.")
    since: JapanTime


class FollowerItem(BaseModel):
    """A phone that is told what this one's places get. Nobody learns whose it is but by the day it began."""

    id: str
    since: JapanTime


class FollowAnswer(Answer):
    """The follow that a code began."""

    follow: FollowItem


class FollowsAnswer(Answer):
    """Both sides of a phone's shares."""

    follows: list[FollowItem]
    followers: list[FollowerItem]


def follow_item(follow: Follow) -> FollowItem:
    """A follow as its follower sees it."""
    return FollowItem(id=follow.id, number=follow.place, since=follow.since)
