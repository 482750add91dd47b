"""The desk's first page, and the stream that keeps it new."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role, may
from alerts.service.people.sessions import Visitor
from api.office.desk.desk import Desk
from api.office.desk.facts import facts
from api.office.desk.map import Drawing
from api.office.desk.now import words
from api.office.desk.now.view import now_view
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.words import CHANGES
from api.office.desk.stream import DeskStream
from api.office.menu import SHELTERS
from api.office.pages import see
from api.office.refusals import ACCOUNT
from api.residents.colours import shade_of


def now_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    drawing, ground = Drawing(desk.services.pack), OrderGround(desk.services)

    @router.get("")
    def read_now(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(None))]) -> Response:
        """What holds now. Whoever may not see it is led to what he may: somebody always lands somewhere."""
        held = visitor.officer.roles
        if not may(held, Role.VIEWER):
            return see(f"{desk.path}{SHELTERS}" if may(held, Role.SHELTER) else ACCOUNT)
        view = now_view(desk, drawing, facts(desk.world, desk.door.people))
        return desk.render(
            request,
            "now.html",
            visitor,
            view=view,
            shade_of=shade_of,
            said=words,
            ground=ground,
            changes=CHANGES,
            may_decide=may(held, Role.AUTHOR),
            may_approve=may(held, Role.APPROVER),
            done=words.DONE.get(request.query_params.get("done", "")),
        )

    @router.get("/events", dependencies=[Depends(desk.needs(Role.VIEWER))])
    async def read_events() -> Response:
        """Says when the page has changed."""
        return DeskStream(desk.pulse)

    return router
