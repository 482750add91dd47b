"""Where a place lies."""

from pydantic import BaseModel, Field

from alerts.city.address_book import Certainty
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.districts import DistrictItem


class NearestItem(BaseModel):
    """The district nearest to a place outside the city."""

    district: DistrictItem
    metres: int


class LocateAnswer(AttributedAnswer):
    """The districts of a place; register a phone with their ids."""

    certainty: Certainty = Field(
        description="`exact`: one district. `several`: take all, the place is within 100 m of an edge or the address "
        "does not say which block. `confirm`: ask the person, who did not name the city. `outside`: not in this city. "
        "`unknown`: cannot be told; a phone without a district gets every city-wide message."
    )
    districts: list[DistrictItem] = Field(description="The most likely first.")
    nearest: NearestItem | None = Field(description="For a point outside the city.")
