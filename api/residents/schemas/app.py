"""What an app must know before it asks anything else."""

from pydantic import BaseModel, Field

from api.residents.schemas.answer import Answer


class AppVersionItem(BaseModel):
    """One platform's app."""

    minimum: str = Field(
        description="An older app asks to be updated, and goes on showing what it can. Compare number by number.",
        examples=["1.4.0"],
    )
    store: str | None = Field(description="Where it is updated; null: in no store.")


class AppAnswer(Answer):
    """The oldest version of each app that may still be used, and the languages that texts come in."""

    android: AppVersionItem
    ios: AppVersionItem
    web: AppVersionItem
    languages: list[str] = Field(description="For `Accept-Language`.", examples=[["ja", "en"]])
