"""Many places at once: a page that lists exactly what changes, and the form that does it, all of it or nothing."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role
from alerts.service import desk_reports
from alerts.service.desk_reports import UndecidedError
from alerts.service.people.sessions import Visitor
from alerts.service.refuge import of_fate
from alerts.service.report_faults import ReportsRefusedError
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport
from alerts.shelter.together import Fate
from api.office.desk.desk import Desk
from api.office.desk.shelters import words
from api.office.desk.shelters.ground import Ground
from api.office.desk.shelters.ticked import Ticked, ticked, value_of
from api.office.desk.shelters.view import chosen, look
from api.office.door import Posted
from api.office.forms import Fields
from api.office.menu import SHELTERS
from api.office.pages import see
from api.office.refusals import RefusalError, Way
from api.office.start_view import situation

TOGETHER = f"{SHELTERS}/together"


def together_pages(desk: Desk) -> APIRouter:
    """One world's. Looking at the plan changes nothing: it has an address of its own, to go back and to reload."""
    router = desk.router()
    ground = Ground(desk.services.pack)

    @router.get(TOGETHER)
    def plan(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(Role.SHELTER))]) -> Response:
        """What would change, what would not, and what is not designated for what is in force."""
        query = request.query_params
        to, named = _state(query.get("to", "")), query.getlist("facility")
        facilities = chosen(ground, look(desk), query.get("which", ""), tuple(named))
        if to is None or not facilities:
            raise _refused(desk, words.NOTHING_CHOSEN)
        return _page(desk, request, visitor, facilities, to)

    @router.post(TOGETHER)
    def change(request: Request, posted: Annotated[Posted, Depends(desk.posts(Role.SHELTER))]) -> Response:
        """What the plan said. Sent twice, it is done once."""
        to, wanted = _state(posted.fields.text("to")), _wanted(posted.fields)
        if to is None or not wanted:
            raise _refused(desk, words.NOTHING_DECIDED)
        reports = [OpeningReport(each.facility, each.seen, state=to) for each in wanted]
        facilities = [each.facility for each in wanted]
        try:
            desk_reports.report(
                desk.services, posted.visitor.actor, reports, {each.facility: each.despite for each in wanted}
            )
        except (UndecidedError, ReportsRefusedError) as error:
            text = _why(desk, error, wanted)
            return _page(desk, request, posted.visitor, facilities, to, error=text)
        return see(f"{desk.path}{SHELTERS}?done={to}&count={len(reports)}")

    return router


def _page(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    facilities: Collection[str],
    to: OpeningState,
    *,
    error: str | None = None,
) -> Response:
    found = look(desk)
    plan = found.plan(facilities, to)
    return desk.render(
        request,
        "shelters_together.html",
        visitor,
        status=409 if error else 200,
        to=to,
        needs=found.needs,
        now=found.now,
        situation=situation(desk.world.snapshot.answers),
        said=words,
        value_of=value_of,
        error=error,
        **{fate.value: of_fate(plan, fate) for fate in Fate},
    )


def _state(word: str) -> OpeningState | None:
    return OpeningState(word) if word in set(OpeningState) else None


def _wanted(fields: Fields) -> list[Ticked]:
    """The places of the form: those that simply change, and those unfit ones that were ticked."""
    return [each for text in (*fields.texts("place"), *fields.texts("despite")) if (each := ticked(text))]


def _why(desk: Desk, error: UndecidedError | ReportsRefusedError, wanted: Collection[Ticked]) -> str:
    found = look(desk)
    if isinstance(error, UndecidedError):
        return words.undecided([place for place in found.places if place.facility in error.facilities])
    seen = {each.facility: each.seen for each in wanted}
    return words.overtaken([each for each in found.places if seen.get(each.facility, each.seen) != each.seen])


def _refused(desk: Desk, text: str) -> RefusalError:
    return RefusalError(422, "施設は変更されていません", text, Way("避難所の一覧へ", f"{desk.path}{SHELTERS}"))
