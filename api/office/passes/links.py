"""The office gives links to shelters, sees which are in use, and ends them."""

from collections.abc import Mapping
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role
from alerts.service.facilities import places
from alerts.service.people import shelter_passes
from alerts.service.people.sessions import Visitor
from alerts.service.people.shelter_passes import Issued
from alerts.service.services import Services
from api.office.door import Door, Posted
from api.office.pages import render, see
from api.office.passes import words
from api.office.refusals import LINKS, SHELTER


def link_pages(door: Door, worlds: Mapping[str, Services]) -> APIRouter:
    """For whoever looks after the shelters at the desk."""
    router = APIRouter(prefix=LINKS, include_in_schema=False)
    people = door.people
    Form = Annotated[Posted, Depends(door.posts(Role.SHELTER))]  # noqa: N806 - a type

    def page(request: Request, visitor: Visitor, issued: Issued | None = None) -> Response:
        link = f"{door.site(request).origin}{SHELTER}/begin?key={issued.key}" if issued else ""
        known = places(people)
        return render(
            request,
            "shelter_links.html",
            visitor,
            issued=issued.shelter_pass if issued else None,
            link=link,
            picture=segno.make(link, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
            if link
            else "",
            passes=shelter_passes.standing(people),
            places=known,
            names={place.facility: place.name for place in known},
            now=people.clock.now(),
            shelter=words,
            said=request.query_params.get("done"),
        )

    @router.get("")
    def read_links(request: Request, visitor: Annotated[Visitor, Depends(door.needs(Role.SHELTER))]) -> Response:
        """Which shelters can report now, and a form for another one."""
        return page(request, visitor)

    @router.post("")
    def issue(request: Request, posted: Form) -> Response:
        """A new link, as a picture and as text; shown here and never again."""
        fields = posted.fields
        world = worlds["drill" if fields.text("world") == "drill" else "live"]
        facilities, label = fields.texts("facilities"), fields.text("label")[:100]
        return page(request, posted.visitor, shelter_passes.issue(people, world, posted.visitor, facilities, label))

    @router.post("/{pass_id}/revoke")
    def revoke(pass_id: str, posted: Form) -> Response:
        """From now on the telephone reports nothing."""
        shelter_passes.revoke(people, posted.visitor, pass_id)
        return see(f"{LINKS}?done=revoked")

    return router
