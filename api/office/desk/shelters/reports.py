"""Reports of one place from the desk: its state, its people, and what residents should know of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role
from alerts.service import desk_reports
from alerts.service.desk_reports import UndecidedError
from alerts.service.report_faults import FaultKind, ReportFault, ReportsRefusedError
from alerts.shelter.opening import Opening
from alerts.shelter.report import OpeningReport
from api.office.desk.desk import Desk
from api.office.desk.shelters import words
from api.office.desk.shelters.facts import facts
from api.office.desk.shelters.filters import Filters
from api.office.desk.shelters.ground import Ground
from api.office.desk.shelters.pages import place_page, place_path
from api.office.desk.shelters.view import look
from api.office.door import Posted
from api.office.menu import SHELTERS
from api.office.pages import see
from api.office.passes.said import said
from api.office.passes.words import STATUSES


def report_pages(desk: Desk) -> APIRouter:
    """One world's forms."""
    router = desk.router()
    ground = Ground(desk.services.pack)
    Form = Annotated[Posted, Depends(desk.posts(Role.SHELTER))]  # noqa: N806 - a type

    @router.post(f"{SHELTERS}/report")
    def report(request: Request, posted: Form) -> Response:
        """A state or a number of people, from the list or from the place's own page. Tapped twice, it is done once."""
        answer = _take(desk, request, posted, said(posted.fields), words.NOT_A_NUMBER)
        if answer is not None:
            return answer
        facility = posted.fields.text("facility")
        if posted.fields.text("from") == "place":
            return see(f"{place_path(desk, facility)}?done=reported")
        back = Filters.of(request.query_params, ground.named).query
        return see(f"{desk.path}{SHELTERS}{back}{'&' if back else '?'}done=reported#p-{facility}")

    @router.post(f"{SHELTERS}/facts")
    def report_facts(request: Request, posted: Form) -> Response:
        """Floors, pets, wheelchairs and what else residents should know."""
        answer = _take(desk, request, posted, facts(posted.fields), words.FACTS_TOO_LONG)
        return answer or see(f"{place_path(desk, posted.fields.text('facility'))}?done=reported")

    return router


def _take(
    desk: Desk, request: Request, posted: Posted, wanted: OpeningReport | None, unreadable: str
) -> Response | None:
    """Takes one report; else the page of the place, which says why not and what holds now."""
    facility = posted.fields.text("facility")
    if wanted is None:
        return place_page(desk, request, posted.visitor, facility, error=unreadable, status=422)
    decided = {wanted.facility: tuple(posted.fields.text("despite").split(","))}
    try:
        desk_reports.report(desk.services, posted.visitor.actor, [wanted], decided)
    except UndecidedError:
        places = [place for place in look(desk).places if place.facility == facility]
        return place_page(desk, request, posted.visitor, facility, error=words.undecided(places), status=409)
    except ReportsRefusedError as error:
        fault = error.faults[0]
        place = look(desk).find(facility)
        text = _words(fault, place.opening if place else None)
        return place_page(desk, request, posted.visitor, facility, error=text, status=STATUSES[fault.kind])
    return None


def _words(fault: ReportFault, now: Opening | None) -> str:
    return words.conflict(now) if fault.kind is FaultKind.CONFLICT else words.FAULTS[fault.kind]
