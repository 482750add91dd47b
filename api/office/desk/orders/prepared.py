"""A retraction or correction as it was prepared at sending time: one look, one click, one officer (issue 8.4, R5)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.alert import Change
from alerts.office.approval import ApprovalError
from alerts.office.draft import DraftError
from alerts.people.role import Role
from alerts.service.office import sending
from alerts.service.office.preview import prepared
from alerts.service.people.sessions import Visitor
from api.office.desk.desk import Desk
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.parts import alert_path, found_alert, refused
from api.office.door import Posted
from api.office.menu import ORDERS
from api.office.pages import see
from api.office.passes.said import number


def prepared_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    ground = OrderGround(desk.services)
    path = f"{ORDERS}/alerts/{{alert_id}}"

    @router.get(f"{path}/prepared/{{change}}")
    def read_prepared(
        request: Request,
        alert_id: str,
        change: str,
        visitor: Annotated[Visitor, Depends(desk.needs(Role.AUTHOR))],
    ) -> Response:
        """What was prepared, as phones will show it, and whom it reaches."""
        found = found_alert(desk, alert_id)
        try:
            shown = prepared(desk.services, alert_id, _change(desk, change), visitor.officer.id)
        except (ApprovalError, DraftError) as error:
            raise refused(desk, 409, str(error)) from None
        return desk.render(
            request,
            "order_prepared.html",
            visitor,
            standing=found,
            preview=shown,
            reach=shown.reach(desk.services),
            change=change,
            ground=ground,
            said=words,
        )

    @router.post(f"{path}/prepared/{{change}}")
    def send_prepared(
        alert_id: str, change: str, posted: Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]
    ) -> Response:
        """Sends it to exactly the receivers. Clicked twice, it is sent once."""
        seen = number(posted.fields.text("seen")) or 0
        try:
            sending.send_prepared(desk.services, alert_id, _change(desk, change), posted.visitor.actor, seen)
        except (ApprovalError, DraftError) as error:
            raise refused(desk, 409, str(error)) from None
        return see(f"{alert_path(desk, alert_id)}?done=sent")

    return router


def _change(desk: Desk, name: str) -> Change:
    """What the address says; another word is none of ours."""
    if name not in {Change.RETRACT, Change.CORRECT}:
        raise refused(desk, 404, words.NO_ALERT)
    return Change(name)
