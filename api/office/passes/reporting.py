"""The page at the shelter: what holds now, and one tap to change it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service import openings
from alerts.service.facilities import places
from alerts.service.people import shelter_passes
from alerts.service.report_faults import ReportsRefusedError
from alerts.service.services import Services
from api.office.cookies import report_no_more
from api.office.door import Door
from api.office.pages import render, see
from api.office.passes import words
from api.office.passes.choices import choices, steps
from api.office.passes.guard import HolderPosts, Holds, Reporting, ReportPosted
from api.office.passes.said import said
from api.office.refusals import SHELTER
from api.office.tokens import form_token


def reporting_pages(door: Door, worlds: Mapping[str, Services]) -> APIRouter:
    """For the telephone that opened a link."""
    router = APIRouter(prefix=SHELTER, include_in_schema=False)
    people, holds = door.people, Holds(door, worlds)
    Form = Annotated[ReportPosted, Depends(HolderPosts(holds))]  # noqa: N806 - a type

    @router.get("")
    def read_page(request: Request, reporting: Annotated[Reporting, Depends(holds)]) -> Response:
        """The places of this pass, as they are now."""
        return _page(request, reporting, None)

    @router.post("/report")
    def report(request: Request, posted: Form) -> Response:
        """One report of one place. What was tapped twice is done once."""
        reporting, wanted = posted.reporting, said(posted.fields)
        if wanted is None:
            return _page(request, reporting, words.NOT_A_NUMBER, 422)
        holder = reporting.holder
        try:
            openings.report(reporting.world, holder.shelter_pass.reporter, [wanted], holder.actor)
        except ReportsRefusedError as error:
            if not openings.is_done(reporting.world, holder.shelter_pass.reporter, [wanted]):
                fault = error.faults[0]
                return _page(request, reporting, words.FAULTS[fault.kind], words.STATUSES[fault.kind])
        return see(f"{SHELTER}?done=reported")

    @router.post("/end")
    def end(posted: Form) -> Response:
        """The telephone gives its pass back."""
        shelter_passes.hand_back(people, posted.reporting.holder)
        response = see(f"{SHELTER}/ended")
        report_no_more(people, response)
        return response

    @router.get("/ended")
    def ended(request: Request) -> Response:
        """What the telephone shows then."""
        return render(request, "shelter_ended.html", None)

    return router


def _page(request: Request, reporting: Reporting, error: str | None, status: int = 200) -> Response:
    held, world = reporting.holder, reporting.holder.shelter_pass.world
    return render(
        request,
        "shelter_report.html",
        None,
        status=status,
        world=world,
        form_token=form_token(held.token, world),
        pass_=held.shelter_pass,
        shown=[
            (place, choices(place.opening), steps(place.opening))
            for place in places(reporting.world, held.shelter_pass.facilities)
        ],
        now=reporting.world.clock.now(),
        shelter=words,
        error=error,
        done=request.query_params.get("done") if request.method == "GET" else None,
    )
