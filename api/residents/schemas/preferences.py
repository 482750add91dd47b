"""What a resident chooses to hear, and what can be chosen."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from alerts.category import HAZARDS, Category
from alerts.city.policy import Policy
from alerts.preferences import Preferences, QuietHours
from api.residents.schemas.answer import Answer

Level = Literal[2, 3, 4]
TimeOfDay = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="In Japan, whatever the phone's own time zone.", examples=["22:00"]),
]


class QuietHoursItem(BaseModel):
    """A part of every day; past midnight where it ends before it starts."""

    model_config = ConfigDict(extra="forbid")

    start: TimeOfDay
    end: TimeOfDay

    @model_validator(mode="after")
    def _has_a_length(self) -> "QuietHoursItem":
        if self.start == self.end:
            raise ValueError("quiet hours end when they start: send null for none, or another end")
        return self

    def hours(self) -> QuietHours:
        """In the domain's words."""
        return QuietHours(_minute(self.start), _minute(self.end))


class PreferencesIn(BaseModel):
    """Sent as a whole: what is left out becomes as the city has it (/v1/preferences). Critical pushes override all."""

    model_config = ConfigDict(extra="forbid")

    quiet_hours: QuietHoursItem | None = Field(
        default=None, description="`normal` pushes come without a sound in them. null: no quiet hours."
    )
    high_sounds: bool | None = Field(
        default=None, description="Whether `high` pushes (level 3, 警報) sound in quiet hours too."
    )
    minimum_level: Level | None = Field(
        default=None,
        description="News below this 警戒レベル is not pushed. What has none counts by its urgency: high 3, normal 2.",
    )
    muted: list[Category] | None = Field(
        default=None, max_length=len(Category), description="Families of hazards of which no news is pushed."
    )

    def chosen(self, city: Preferences) -> Preferences:
        """In the domain's words."""
        quiet = self.quiet_hours.hours() if self.quiet_hours else None
        return Preferences(
            quiet=quiet if "quiet_hours" in self.model_fields_set else city.quiet,
            high_sounds=city.high_sounds if self.high_sounds is None else self.high_sounds,
            minimum_level=city.minimum_level if self.minimum_level is None else self.minimum_level,
            muted=city.muted if self.muted is None else frozenset(self.muted),
        )


class PreferencesOut(BaseModel):
    """The preferences of a phone, or of who says nothing."""

    quiet_hours: QuietHoursItem | None
    high_sounds: bool
    minimum_level: int
    muted: list[Category]

    @classmethod
    def of(cls, preferences: Preferences) -> "PreferencesOut":
        """Preferences of the domain."""
        quiet = preferences.quiet
        return cls(
            quiet_hours=QuietHoursItem(start=_clock(quiet.start), end=_clock(quiet.end)) if quiet else None,
            high_sounds=preferences.high_sounds,
            minimum_level=preferences.minimum_level,
            muted=sorted(preferences.muted),
        )


class CategoryItem(BaseModel):
    """A family of hazards."""

    id: Category
    hazards: list[str] = Field(examples=[["heavy_rain", "landslide"]])
    opt_in: bool = Field(description="True: its `normal` pushes come only to phones with `normal_pushes`.")


class PreferencesAnswer(Answer):
    """What can be chosen, and what the city has for who says nothing."""

    defaults: PreferencesOut
    normal_pushes: bool
    categories: list[CategoryItem]


def categories(policy: Policy) -> list[CategoryItem]:
    """Every family there is."""
    return [
        CategoryItem(id=category, hazards=sorted(hazards), opt_in=category in policy.opt_in)
        for category, hazards in HAZARDS.items()
    ]


def _minute(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
