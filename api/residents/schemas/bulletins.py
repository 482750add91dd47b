"""Commentaries in words."""

from pydantic import BaseModel, Field

from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.shown import ShownItem


class BlockItem(BaseModel):
    """A part of a text."""

    heading: str = Field(description="Empty for a plain text.", examples=["防災事項"])
    text: str


class BulletinItem(ShownItem):
    """A commentary of JMA."""

    tags: list[str] = Field(examples=[["線状降水帯予測"]])
    blocks: list[BlockItem]


class BulletinsAnswer(AttributedAnswer):
    """Commentaries that concern the city, newest first. None of them is pushed."""

    bulletins: list[BulletinItem]
