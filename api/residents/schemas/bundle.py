"""The keys of the offline bundle."""

from typing import Literal

from pydantic import BaseModel, Field

from api.residents.schemas.answer import Answer


class BundleKey(BaseModel):
    """One public key."""

    id: str = Field(description="As in a bundle's signatures.", examples=["9f2d61c07b7f4c1e"])
    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str = Field(
        description="32 bytes in base64.", examples=["11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="]
    )


class BundleKeysAnswer(Answer):
    """The newest first; a second one only while keys are being changed."""

    keys: list[BundleKey]
