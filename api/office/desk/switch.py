"""From the drill back to the live desk: a page that asks, because what follows reaches residents (R1)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people.sessions import Visitor
from api.office.cookies import leave_drill
from api.office.door import Door, Posted
from api.office.menu import DESKS, TO_LIVE
from api.office.pages import render, see
from api.office.people.arriving import inside


def switch_pages(door: Door) -> APIRouter:
    """The question, and its answer; looking at the question changes nothing."""
    router = APIRouter(prefix=TO_LIVE, include_in_schema=False)
    city = door.people.pack.codes.name

    @router.get("")
    def ask(
        request: Request,
        visitor: Annotated[Visitor, Depends(door.needs(None))],
        next: str = DESKS["live"],  # noqa: A002 - the word in the address
    ) -> Response:
        """Says plainly what the live desk is."""
        values = {"city": city, "next": _at_live(next), "drill": DESKS["drill"]}
        return render(request, "to_live.html", visitor, values=values)

    @router.post("")
    def go(posted: Annotated[Posted, Depends(door.posts(None))]) -> Response:
        """He means it: until a page of the drill is opened again, live forms are taken."""
        response = see(_at_live(posted.fields.text("next")))
        leave_drill(door.people, response)
        return response

    return router


def _at_live(wanted: str) -> str:
    """The live page that he wanted; else the first one."""
    is_live = inside(wanted) == wanted and not wanted.startswith((DESKS["drill"], TO_LIVE))
    return wanted if is_live else DESKS["live"]
