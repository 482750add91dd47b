"""The office gives links to shelters, sees which are in use, and ends them: in each world its own (R1)."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role
from alerts.service.facilities import places
from alerts.service.people import shelter_passes
from alerts.service.people.sessions import Visitor
from alerts.service.people.shelter_passes import Issued
from api.office.desk.desk import Desk
from api.office.door import Posted
from api.office.menu import SHELTER_LINKS
from api.office.pages import see
from api.office.passes import words
from api.office.refusals import SHELTER

_LONGEST_LABEL = 100  # longer ones are refused with a sentence


def link_pages(desk: Desk) -> APIRouter:
    """For whoever looks after the shelters at the desk. Passes are kept with the accounts, and name their world."""
    router = desk.router()
    people, world = desk.door.people, desk.services
    Form = Annotated[Posted, Depends(desk.posts(Role.SHELTER))]  # noqa: N806 - a type

    def page(request: Request, visitor: Visitor, issued: Issued | None = None) -> Response:
        link = f"{desk.door.site(request).origin}{SHELTER}/begin?key={issued.key}" if issued else ""
        known = places(world)
        return desk.render(
            request,
            "shelter_links.html",
            visitor,
            issued=issued.shelter_pass if issued else None,
            link=link,
            picture=segno.make(link, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
            if link
            else "",
            passes=shelter_passes.standing(people, world),
            places=known,
            names={place.facility: place.name for place in known},
            chosen=request.query_params.get("facility"),
            now=people.clock.now(),
            shelter=words,
            said=request.query_params.get("done"),
        )

    @router.get(SHELTER_LINKS)
    def read_links(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(Role.SHELTER))]) -> Response:
        """Which shelters can report now, and a form for another one."""
        return page(request, visitor)

    @router.post(SHELTER_LINKS)
    def issue(request: Request, posted: Form) -> Response:
        """A new link, as a picture and as text; shown here and never again."""
        facilities, label = posted.fields.texts("facilities"), posted.fields.text("label")[:_LONGEST_LABEL]
        return page(request, posted.visitor, shelter_passes.issue(people, world, posted.visitor, facilities, label))

    @router.post(f"{SHELTER_LINKS}/{{pass_id}}/revoke")
    def revoke(pass_id: str, posted: Form) -> Response:
        """From now on the telephone reports nothing."""
        shelter_passes.revoke(people, world, posted.visitor, pass_id)
        return see(f"{desk.path}{SHELTER_LINKS}?done=revoked")

    return router
