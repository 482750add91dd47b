"""What a phone says of itself. Unknown fields are refused: a misspelt choice must not be lost in silence."""

from typing import Annotated, Literal

from fastapi import Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.ports import Address, Platform
from alerts.preferences import Preferences
from alerts.service.registration import Choice, Registration
from api.residents.schemas.preferences import PreferencesIn

MAX_FURTHER_PLACES = 9
MAX_DISTRICTS = 500  # no city pack has more in the reach of one phone

Language = Annotated[
    str,
    StringConstraints(max_length=12, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    Field(
        description="BCP 47: `zh-TW` is served in zh-Hant, `ja-Hira` is easy Japanese. Where we have no such language, "
        "or nobody has reviewed it yet, texts come in easy Japanese or English, else in Japanese.",
        examples=["ja"],
    ),
]
DistrictIds = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=60)]],
    Field(
        max_length=MAX_DISTRICTS,
        description="Ids from /v1/districts. An empty list is the whole city.",
        examples=[["99201-chuo-3"]],
    ),
]
NormalPushes = Annotated[
    bool,
    Field(
        description="Also be told of advisories (注意報, level 2) and the like, of the families that are `opt_in` in "
        "/v1/preferences. Warnings come in any case."
    ),
]


FurtherPlaces = Annotated[
    list[Annotated[DistrictIds, Field(min_length=1)]],
    Field(
        max_length=MAX_FURTHER_PLACES,
        description="Other places to be told about: work, school, a grandmother's. Numbered 1, 2, … in their order; "
        "`districts` is 0. Only the phone knows what it calls them. `places` in the data of a push has the numbers.",
        examples=[[["99201-chuo-1"]]],
    ),
]


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=128,
        pattern=r"^[A-Za-z0-9_.:\-]+$",
        description="A random name for this registration, made by the phone, a UUID for example. Sent again within "
        "24 hours it is answered with the same device and the same secret; with another body it is refused.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


class AddressIn(BaseModel):
    """Where Firebase reaches the phone."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["token", "fid"] = Field(description="A registration token, or a Firebase installation id.")
    value: str = Field(
        min_length=8,
        max_length=1024,
        pattern=r"^[A-Za-z0-9_:.\-=+/%]+$",
        description="As Firebase gave it. Kept encrypted, and never shown again.",
        examples=["cXJ5dG9rZW4tZXhhbXBsZQ:APA91bExampleOnly"],
    )

    def address(self) -> Address:
        """In the domain's words."""
        return Address(self.kind, self.value)


class DeviceIn(BaseModel):
    """A registration."""

    model_config = ConfigDict(extra="forbid")

    address: AddressIn
    platform: Platform
    language: Language = "ja"
    districts: DistrictIds
    further_places: FurtherPlaces | None = None
    normal_pushes: NormalPushes | None = None
    preferences: PreferencesIn | None = None

    def registration(self, city: Preferences) -> Registration:
        """In the use case's words; `city` has what is left out."""
        return Registration(
            self.address.address(),
            self.platform,
            self.language,
            self.districts,
            self.normal_pushes,
            self.further_places,
            self.preferences.chosen(city) if self.preferences else None,
        )


class DeviceChangeIn(BaseModel):
    """A change: only what is sent is changed."""

    model_config = ConfigDict(extra="forbid")

    address: AddressIn | None = None
    platform: Platform | None = None
    language: Language | None = None
    districts: DistrictIds | None = None
    further_places: FurtherPlaces | None = None
    normal_pushes: NormalPushes | None = None
    preferences: PreferencesIn | None = None

    def choice(self, city: Preferences) -> Choice:
        """In the use case's words; `city` has what is left out of the preferences."""
        return Choice(
            self.address.address() if self.address else None,
            self.platform,
            self.language,
            self.districts,
            self.normal_pushes,
            self.further_places,
            self.preferences.chosen(city) if self.preferences else None,
        )
