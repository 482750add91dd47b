"""What the office has in force, what is being written and what waits; and a new draft."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.office.content import Content
from alerts.people.role import Role, may
from alerts.service.office import drafting
from alerts.service.office.standing import open_drafts, standing
from alerts.service.people.sessions import Visitor
from alerts.wording.office_text import Template
from api.office.desk.desk import Desk
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.parts import draft_path, names_of, refused
from api.office.door import Posted
from api.office.menu import ORDERS
from api.office.pages import see

_FIRST_EXPIRY = timedelta(hours=12)  # a proposal: the form asks for it


def order_list_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    ground = OrderGround(desk.services)

    @router.get(ORDERS)
    def read_orders(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]) -> Response:
        """Everything of the office's own that goes on."""
        return desk.render(
            request,
            "orders.html",
            visitor,
            standing=standing(desk.services),
            drafts=open_drafts(desk.services),
            names=names_of(desk.door.people),
            ground=ground,
            said=words,
            now=desk.services.clock.now(),
            may_write=may(visitor.officer.roles, Role.AUTHOR),
            may_approve=may(visitor.officer.roles, Role.APPROVER),
            done=words.DONE.get(request.query_params.get("done", "")),
        )

    @router.post(ORDERS)
    def begin(posted: Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]) -> Response:
        """A new draft of the kind that was chosen, kept from the first moment."""
        kind = posted.fields.text("template")
        if kind not in set(Template):
            raise refused(desk, 422, words.NO_KIND)
        content = Content(Template(kind), (), desk.services.clock.now() + _FIRST_EXPIRY)
        return see(draft_path(desk, drafting.begin(desk.services, posted.visitor.actor, content).id))

    return router
