"""What the office reports of places of refuge, and what it reads back."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.shelter.opening import OpeningState
from alerts.shelter.report import MOST_PEOPLE, OpeningReport
from api.residents.schemas.answer import Answer
from api.times import JapanTime

MOST_REPORTS = 200

_Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class ReportIn(BaseModel):
    """One place. What is left out stays as it was; null says that it is not known any more."""

    model_config = ConfigDict(extra="forbid")

    facility: str = Field(
        min_length=1,
        max_length=40,
        description="A facility, or the id of one of its entries.",
        examples=["E9920100001"],
    )
    version: int = Field(ge=0, description="The version that was looked at; 0 where nobody reported yet.")
    state: OpeningState = Field(default=OpeningState.NOT_OPENED, description="Left out: as it was.")
    occupancy: _People | None = Field(default=None, description="People there now; only while it is open.")
    capacity: _People | None = Field(default=None, description="People it can take, as counted on the spot.")
    floor: _Note | None = None
    pets: _Note | None = None
    wheelchair: _Note | None = None
    nursing: _Note | None = None
    note: _Note | None = None

    def report(self) -> OpeningReport:
        """In the use case's words: only what was sent."""
        sent = {name: getattr(self, name) for name in self.model_fields_set - {"facility", "version"}}
        return OpeningReport(self.facility, self.version, **sent)


class ReportsIn(BaseModel):
    """Reports that are taken together or not at all."""

    model_config = ConfigDict(extra="forbid")

    reports: list[ReportIn] = Field(min_length=1, max_length=MOST_REPORTS)


class OfficeOpening(BaseModel):
    """What holds for a facility."""

    facility: str
    version: int
    state: OpeningState
    reported_at: JapanTime
    reporter: str
    by_office: bool
    occupancy: int | None
    occupancy_at: JapanTime | None
    capacity: int | None
    floor: str | None
    pets: str | None
    wheelchair: str | None
    nursing: str | None
    note: str | None


class OpeningsAnswer(Answer):
    """Facilities in the order of their ids, or of the reports sent."""

    openings: list[OfficeOpening]


class KeptReportItem(BaseModel):
    """One report."""

    at: JapanTime
    before: OfficeOpening | None = Field(description="Null for the first.")
    after: OfficeOpening


class HistoryAnswer(Answer):
    """Every report of a facility, first to last."""

    facility: str
    reports: list[KeptReportItem]
