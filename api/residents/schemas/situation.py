"""What is in force."""

from pydantic import BaseModel, Field

from alerts.alert import Change
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.told import Told
from api.times import JapanTime


class Hazard(BaseModel):
    """A kind of warning, with its official colour."""

    hazard: str = Field(examples=["heavy_rain"])
    code: str = Field(description="JMA's Kind code; its meaning depends on the hazard.", examples=["03"])
    level: int | None = Field(description="警戒レベル 5, 4, 3, 2; null where the kind has none.", examples=[3])
    rank: int = Field(
        description="5 特別警報, 4 危険警報, 3 警報, 2 注意報: compares kinds of one hazard.", examples=[3]
    )
    colour: str | None = Field(
        description="Official, of the level or rank; earthquakes and tsunami have their own scales.",
        examples=["#FF2800"],
    )
    name: str = Field(description="JMA's name of the kind, in Japanese.", examples=["レベル３大雨警報"])


class PartItem(BaseModel):
    """A part of the city that a river flood forecast names."""

    name: str = Field(description="As JMA prints it.", examples=["三箇"])
    level: int | None = Field(description="警戒レベル of the river reach there.", examples=[3])
    districts: list[str] = Field(description="The districts it means; empty where the pack knows no such name.")


class ChangeItem(BaseModel):
    """What the newest revision of the alert did, and from where."""

    kind: Change
    at: JapanTime = Field(description="Of the telegram that did it.")
    revision: int = Field(description="The whole story: /v1/alerts/{alert_id}.")
    name_before: str | None = Field(description="JMA's name of the kind before; null at the first.", examples=[None])
    level_before: int | None


class InForce(Hazard, Told):
    """One hazard in force in the city."""

    level_text: str | None = Field(
        description="The level in words; null where there is none, or no word for it is let out yet.",
        examples=["警戒レベル３相当"],
    )

    details: list[str] = Field(description="JMA's own sentences, in Japanese.", examples=[[]])
    since: JapanTime = Field(description="When this kind came into force; a lower one before is not counted.")
    issued_at: JapanTime = Field(description="Of the newest telegram that says so.")
    valid_until: JapanTime | None = Field(
        description="As JMA prints it, else how long the city shows such an event; null: until a telegram ends it."
    )
    last_change: ChangeItem | None = Field(description="Null where no alert was made of it.")
    alert_id: str = Field(examples=["a3f2c9d1e0b4a5968778695a"])
    districts: list[str] | None = Field(
        description="Of an evacuation order of the city: where it holds. Null: the whole city.", examples=[None]
    )
    parts: list[PartItem] = Field(description="Parts of the city the telegram names; empty: the whole city.")


class City(BaseModel):
    """The city this service speaks for."""

    name: str = Field(examples=["見本市"])
    name_en: str = Field(examples=["Mihon City"])
    prefecture: str = Field(examples=["大阪府"])
    code: str = Field(description="全国地方公共団体コード", examples=["99201"])


class Feed(BaseModel):
    """One of JMA's feeds, and when it was last read whole."""

    name: str = Field(examples=["extra"])
    as_of: JapanTime | None
    stale: bool = Field(examples=[False])


class SituationAnswer(AttributedAnswer):
    """What is in force in the city, the gravest first."""

    language: str = Field(description="Of those asked for, the one we have; each text names its own.", examples=["ja"])
    city: City
    level: int | None = Field(description="The highest 警戒レベル in force; null if none has one.", examples=[3])
    in_force: list[InForce]
    sources: list[Feed]
