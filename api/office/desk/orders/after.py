"""An alert of the office after its sending: how far it came, and what can be done with it now (issue 8.4, R5)."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.alert import Change
from alerts.office.content import CHANGES, Content
from alerts.office.draft import DraftError
from alerts.people.role import Role, may
from alerts.service.office import drafting
from alerts.service.people.sessions import Visitor
from alerts.wording.office_text import ORDERS as LEVELS
from alerts.wording.office_text import Template
from api.office import words as office_words
from api.office.desk.desk import Desk
from api.office.desk.orders import words
from api.office.desk.orders.ground import OrderGround
from api.office.desk.orders.parts import draft_path, found_alert, names_of, refused
from api.office.door import Posted
from api.office.menu import ORDERS
from api.office.pages import see


def after_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    ground = OrderGround(desk.services)
    path = f"{ORDERS}/alerts/{{alert_id}}"
    Form = Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]  # noqa: N806 - a type

    @router.get(path)
    def read_alert(
        request: Request, alert_id: str, visitor: Annotated[Visitor, Depends(desk.needs(Role.VIEWER))]
    ) -> Response:
        """Every revision with its outcomes, new without a reload; below, what may follow."""
        found = found_alert(desk, alert_id)
        return desk.render(
            request,
            "order_alert.html",
            visitor,
            standing=found,
            follows=_follows(found.holds) if may(visitor.officer.roles, Role.AUTHOR) else (),
            others=_others(found.holds),
            names=names_of(desk.door.people),
            ground=ground,
            said=words,
            results=office_words.RESULTS,
            now=desk.services.clock.now(),
            done=words.DONE.get(request.query_params.get("done", "")),
        )

    @router.post(f"{path}/follow")
    def follow(alert_id: str, posted: Form) -> Response:
        """A draft with what holds, to be changed, seen by another person and sent."""
        holds = found_alert(desk, alert_id).holds
        change, template = posted.fields.text("change"), posted.fields.text("template")
        if holds is None or change not in _follows(holds):
            raise refused(desk, 409, words.NO_ALERT)
        after = replace(holds, template=Template(template)) if template in _others(holds) else holds
        try:
            draft = drafting.begin(desk.services, posted.visitor.actor, after, Change(change), alert_id)
        except DraftError as error:
            raise refused(desk, 409, str(error)) from None
        return see(draft_path(desk, draft.id))

    return router


def _follows(holds: Content | None) -> tuple[Change, ...]:
    if holds is None:
        return ()
    return tuple(change for change in words.FOLLOWERS if change in CHANGES[holds.is_order])


def _others(holds: Content | None) -> dict[Template, Change]:
    """The orders to which this one can be raised or lowered."""
    if holds is None or holds.level is None:
        return {}
    own = holds.level
    return {each: Change.RAISE if level > own else Change.LOWER for each, level in LEVELS.items() if level != own}
