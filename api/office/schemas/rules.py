"""Matching rules as the office reads and writes them."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.alert import Change, Urgency
from api.residents.schemas.answer import Answer
from api.times import JapanTime

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Names = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=80)]], Field(max_length=300)]


class StepItem(BaseModel):
    """Groups that are told at the same time."""

    model_config = ConfigDict(extra="forbid")

    groups: Names = Field(description="Ids of groups, see /v1/districts.", examples=[["hazard_zone:foothill"]])
    because: str = Field(description="Key of the phrase that says why they come now.", examples=["landslide_hillside"])
    one_step_lower: bool = Field(default=False, description="Told one step less urgently; official layers only.")


class RuleItem(BaseModel):
    """One rule. The first rule that fits decides; a condition that is left out means any."""

    model_config = ConfigDict(extra="forbid")

    id: Words = Field(examples=["landslide"])
    hazards: Names = Field(examples=[["landslide"]])
    levels: list[int] = Field(default=[], max_length=4, description="警戒レベル", examples=[[4, 5]])
    codes: Names = Field(
        default=[], description="JMA's Kind codes; of an earthquake its intensities.", examples=[["5-"]]
    )
    rivers: Names = Field(default=[], description="Forecast areas (12 digits) or rivers (10).", examples=[[]])
    stations: Names = Field(default=[], description="Gauges that have the city's highest level.", examples=[["住道"]])
    sub_areas: Names = Field(default=[], description="Parts of the city as JMA names them.", examples=[[]])
    tell: list[StepItem] | None = Field(default=None, max_length=20, description="Who is told first, in this order.")
    everybody_at_once: bool = Field(default=False, description="In place of `tell`: the whole city, said on purpose.")
    others_one_step_lower: bool = Field(
        default=False, description="Everybody else less urgently; official layers only."
    )
    valid_from: date | None = Field(default=None, description="First day, in Japan.")
    valid_to: date | None = Field(default=None, description="Last day, in Japan.")

    def row(self) -> dict[str, Any]:
        """The rule in the words of rules.toml, with nothing that was not said."""
        return self.model_dump(mode="json", exclude_unset=True, exclude_none=True)


Rules = Annotated[
    list[RuleItem],
    Field(
        min_length=1,
        max_length=200,
        description="To tell everybody at once about everything, say so: a rule with `everybody_at_once` (R7).",
    ),
]


class PreviewIn(BaseModel):
    """Rules to try on stored telegrams."""

    model_config = ConfigDict(extra="forbid")

    rules: Rules
    days: int = Field(default=30, ge=1, le=366, description="How far back.")


class ChangeIn(BaseModel):
    """Who changes the rules, why, and which version was looked at when doing so."""

    model_config = ConfigDict(extra="forbid")

    author: Words = Field(examples=["危機管理室 山田"])
    note: Words = Field(examples=["土砂災害警戒区域の見直しを反映"])
    based_on: int = Field(description="The version that acts now; another one is refused (409).", examples=[1])


class RulesIn(ChangeIn):
    """A new version."""

    rules: Rules


class VersionItem(BaseModel):
    """One version of the rules."""

    version: int = Field(examples=[2])
    author: str
    note: str
    made_at: JapanTime
    restores: int | None = Field(description="The version whose rules it brought back.")


class MisfitItem(BaseModel):
    """A row of the acting version that does not fit the city pack any more, and is left out."""

    row: int | None = Field(description="Counted from 1.")
    message: str


class RulesAnswer(Answer):
    """One version with its rules."""

    version: VersionItem
    rules: list[RuleItem]
    misfits: list[MisfitItem]


class RulesHistoryAnswer(RulesAnswer):
    """The version that acts, and all there were, the newest first."""

    versions: list[VersionItem]


class TierItem(BaseModel):
    """Districts told at the same time."""

    districts: list[str] | None = Field(description="Their ids; null: everybody not named before.")
    rule: str | None
    because: str | None
    urgency: Urgency


class PastPushItem(BaseModel):
    """What one stored telegram would have told of one hazard, if nothing had been in force."""

    telegram: str
    issued_at: JapanTime
    hazard: str
    code: str
    level: int | None
    change: Change
    differs: bool = Field(description="Whether the draft changes who is told when, how urgently or why.")
    now: list[TierItem] = Field(description="By the version that acts.")
    then: list[TierItem] = Field(description="By the draft.")


class PreviewAnswer(Answer):
    """What the draft would have done; nothing is changed and nobody is told."""

    since: JapanTime
    telegrams: int = Field(description="How many stored telegrams were looked at.")
    complete: bool = Field(description="False: there are more in that time, only the newest were looked at.")
    differing: int = Field(description="How many of the pushes the draft changes.")
    pushes: list[PastPushItem]
