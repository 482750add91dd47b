"""What phones were told, in the reader's language and in the official one."""

from pydantic import BaseModel, Field


class Official(BaseModel):
    """The official Japanese, which decides where a translation reads otherwise."""

    title: str = Field(examples=["見本市 レベル３大雨警報"])
    body: str = Field(examples=["気象庁は23日10時48分、見本市にレベル３大雨警報（警戒レベル３相当）を発表しました。"])


class Told(BaseModel):
    """One text, as phones were told it."""

    language: str = Field(
        description="Of this text: another than asked for where nobody has reviewed that one yet.", examples=["ja"]
    )
    title: str = Field(examples=["見本市 レベル３大雨警報に引き上げ"])
    body: str = Field(examples=["気象庁は23日10時48分、見本市への発表をレベル３大雨警報に引き上げました。"])
    spoken: str = Field(
        description="For a voice: title and text in whole sentences, nothing left out, no brackets or abbreviations.",
        examples=["みほんし レベル３大雨警報に引き上げ。気象庁は23日10時48分、"],
    )
    official: Official | None = Field(description="The same in official Japanese; null where the text is it.")
