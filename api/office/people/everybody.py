"""Everybody at the office, and the acts that need two administrators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.enacting import Done
from alerts.service.people.roll import roll
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from api.office.door import Door, Posted
from api.office.pages import render, see
from api.office.refusals import PEOPLE


def people_pages(door: Door, drill: Services) -> APIRouter:
    """The list is for everybody at the desk: at night one looks for an approver. The acts are administrators'."""
    router = APIRouter(prefix=PEOPLE, include_in_schema=False)
    people = door.people
    Form = Annotated[Posted, Depends(door.posts(Role.ADMINISTRATOR))]  # noqa: N806 - a type

    def page(request: Request, visitor: Visitor, done: Done | None = None) -> Response:
        found = roll(people, drill)
        return render(
            request,
            "people.html",
            visitor,
            roll=found,
            waiting=administration.waiting(people),
            names={one.officer.id: one.officer.name for one in found.people},
            now=people.clock.now(),
            is_administrator=Role.ADMINISTRATOR in visitor.officer.roles,
            done=done,
            said=request.query_params.get("done"),
        )

    @router.get("")
    def read_people(request: Request, visitor: Annotated[Visitor, Depends(door.needs(Role.VIEWER))]) -> Response:
        """Roles, practice, and who can be reached now (R24)."""
        return page(request, visitor)

    @router.post("/requests")
    def ask(posted: Form) -> Response:
        """An act that waits for another administrator."""
        administration.ask(people, posted.visitor, _wanted(posted))
        return see(f"{PEOPLE}?done=asked")

    @router.post("/requests/{request_id}/confirm")
    def confirm(request: Request, request_id: str, posted: Form) -> Response:
        """Another administrator's act; a code, if there is one, is shown here and never again."""
        return page(request, posted.visitor, administration.confirm(people, posted.visitor, request_id))

    @router.post("/requests/{request_id}/refuse")
    def refuse(request_id: str, posted: Form) -> Response:
        """It will not be done, or is taken back."""
        administration.refuse(people, posted.visitor, request_id)
        return see(f"{PEOPLE}?done=refused")

    @router.post("/code")
    def replace_telephone(request: Request, posted: Form) -> Response:
        """A code for tonight, in the place of a lost telephone; shown here and never again."""
        officer = posted.fields.text("officer")
        return page(request, posted.visitor, administration.replace_telephone(people, posted.visitor, officer))

    return router


def _wanted(posted: Posted) -> Wanted:
    fields = posted.fields
    act = fields.text("act")
    return Wanted(
        Act(act) if act in set(Act) else Act.ADD,
        fields.text("officer") or None,
        fields.text("login")[:100],
        fields.text("name")[:100],
        [Role(each) for each in fields.texts("roles") if each in set(Role)],
    )
