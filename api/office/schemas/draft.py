"""A draft of a warning, to be simulated."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.service.simulated import Draft
from alerts.telegram.composition import Stated

Short = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class StatedIn(BaseModel):
    """One kind of warning that a draft states."""

    model_config = ConfigDict(extra="forbid")

    code: Short = Field(description="Kind code of JMA, as in the contract's table.", examples=["49"])
    status: Short = Field(default="発表", description="JMA's Status: 発表, 継続, 解除, 危険警報から警報 …")
    last_code: Short | None = None
    sentence: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, examples=["２３日１６時から２１時まで、警戒レベル４相当"]
    )


class DraftIn(BaseModel):
    """A warning about the city as JMA might send it now. Other telegrams are sent as XML."""

    model_config = ConfigDict(extra="forbid")

    type: Short = Field(description="VPWW55 to VPWW61.", examples=["VPWW56"])
    stated: list[StatedIn] = Field(max_length=20, description="Empty: nothing is in force any more.")
    headline: Annotated[str, StringConstraints(max_length=500)] = ""

    def draft(self) -> Draft:
        """In the use case's words."""
        stated = tuple(Stated(one.code, one.status, one.last_code, one.sentence) for one in self.stated)
        return Draft(self.type, stated, self.headline)


def draft_schema() -> dict[str, Any]:
    """The JSON Schema of a draft, in one piece: the route reads its body itself."""
    schema = DraftIn.model_json_schema()
    schema["properties"]["stated"]["items"] = schema.pop("$defs")["StatedIn"]
    return schema
