"""A registered phone as its owner sees it: never its address."""

from typing import Literal

from pydantic import BaseModel, Field

from alerts.ports import Platform
from alerts.store.device import Device
from api.residents.schemas.answer import Answer
from api.residents.schemas.preferences import PreferencesOut
from api.times import JapanTime


class DeviceOut(BaseModel):
    """A registered phone, without its address."""

    id: str = Field(examples=["d0f1e2d3c4b5a69788796a5b4"])
    address_kind: Literal["token", "fid"]
    platform: Platform
    language: str
    districts: list[str] = Field(description="Empty: the whole city.")
    further_places: list[list[str]] = Field(description="Places 1, 2, …; `districts` is 0.")
    normal_pushes: bool
    preferences: PreferencesOut
    reachable: bool = Field(examples=[True], description="False: Firebase knows the address no more; send a new one.")
    registered_at: JapanTime
    changed_at: JapanTime

    @classmethod
    def of(cls, device: Device) -> "DeviceOut":
        """A device of the store, as its owner sees it."""
        return cls(
            id=device.id,
            address_kind=device.address_kind,
            platform=device.platform,
            language=device.language,
            districts=sorted(device.districts),
            further_places=[sorted(place) for place in device.further_places],
            preferences=PreferencesOut.of(device.preferences),
            normal_pushes=device.normal_pushes,
            reachable=device.reachable,
            registered_at=device.created_at,
            changed_at=device.updated_at,
        )


class DeviceAnswer(Answer):
    """The registration that the secret belongs to."""

    device: DeviceOut


class RegisteredAnswer(DeviceAnswer):
    """A registration and its secret, which is told this once."""

    id: str = Field(examples=["d0f1e2d3c4b5a69788796a5b4"])
    secret: str = Field(
        description="Send it as `Authorization: Bearer …`. Keep it in the phone's key store.",
        examples=["h8Ht4ziuWxflDebei21zFw1uSNehNYbJjk9TfaDIW0I"],
    )
