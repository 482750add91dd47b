"""Reports about places of refuge: what is open, how many people are there; many at once in one call (issue 7.1)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from alerts.people.role import Role
from alerts.service import openings
from alerts.service.openings import UnknownFacilityError
from alerts.service.people.acting import Actor
from alerts.service.report_faults import FaultKind, ReportFault, ReportsRefusedError
from alerts.shelter.opening import Opening
from alerts.shelter.report import Reporter
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.shelters import HistoryAnswer, KeptReportItem, OfficeOpening, OpeningsAnswer, ReportsIn
from api.problems import FieldError, ProblemError, documented
from api.residents.stamp import fresh
from api.residents.world import WorldApi

OFFICE = Reporter("office")
"""Who reports for the office; the audit names the officer."""

_PROBLEMS = {  # the first of them that a call has decides
    FaultKind.CONFLICT: ("conflict", "Nothing was taken. Read what holds now, and report again with its version."),
    FaultKind.NOT_YOURS: ("not-yours", "Nothing was taken. Report your own place only."),
    FaultKind.UNKNOWN: ("invalid-request", "Nothing was taken. Correct the reports named in errors."),
    FaultKind.REFUSED: ("invalid-request", "Nothing was taken. Correct the reports named in errors."),
}
Facility = Annotated[str, Path(max_length=80)]


def office_shelters(world: WorldApi, door: Door) -> APIRouter:
    """Reports of one world; for who has logged in."""
    router = for_operators(world, door)
    services = world.services

    @router.get("/shelters", responses=documented("not-found", "unavailable"))
    def read_openings(response: Response) -> OpeningsAnswer:
        """What was reported last of each place, with its version and its reporter."""
        response.headers["Cache-Control"] = "no-store"
        return OpeningsAnswer(
            **fresh(services), openings=[_shown(each) for each in openings.openings(services).values()]
        )

    @router.post(
        "/shelters/reports",
        responses=documented("malformed-request", "not-found", "not-yours", "conflict", "invalid-request")
        | documented("too-large", "unavailable"),
    )
    def report_openings(
        wanted: ReportsIn, response: Response, actor: Annotated[Actor, Depends(door.operators(Role.AUTHOR))]
    ) -> OpeningsAnswer:
        """Takes reports in, all of them or none; phones read them within seconds."""
        response.headers["Cache-Control"] = "no-store"
        try:
            made = openings.report(services, OFFICE, [each.report() for each in wanted.reports], actor)
        except ReportsRefusedError as error:
            raise _problem(error) from None
        return OpeningsAnswer(**fresh(services), openings=[_shown(each) for each in made])

    @router.get(
        "/shelters/{facility}/history", responses=documented("unknown-shelter", "invalid-request", "unavailable")
    )
    def read_history(facility: Facility, response: Response) -> HistoryAnswer:
        """Every report of a facility, first to last: who, when, before, after."""
        response.headers["Cache-Control"] = "no-store"
        try:
            kept = openings.history(services, facility)
        except UnknownFacilityError:
            raise ProblemError("unknown-shelter", f"Take an id from {world.prefix}/shelters.") from None
        shown = [_shown(each.opening) for each in kept]
        reports = [
            KeptReportItem(at=each.at, before=before, after=after)
            for each, before, after in zip(kept, (None, *shown), shown, strict=False)
        ]
        return HistoryAnswer(**fresh(services), facility=facility, reports=reports)

    return router


def _shown(opening: Opening) -> OfficeOpening:
    return OfficeOpening.model_validate(opening, from_attributes=True)


def _problem(error: ReportsRefusedError) -> ProblemError:
    kinds = {fault.kind for fault in error.faults.values()}
    name, detail = next(_PROBLEMS[kind] for kind in _PROBLEMS if kind in kinds)
    errors = tuple(
        FieldError(field=f"body.reports.{place}", message=_message(fault)) for place, fault in error.faults.items()
    )
    return ProblemError(name, detail, errors=errors)


def _message(fault: ReportFault) -> str:
    if fault.now is None:
        return fault.message
    return f"{fault.message}: it is {fault.now.state} in version {fault.now.version}, reported by {fault.now.reporter}"
