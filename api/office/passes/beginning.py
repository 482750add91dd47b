"""A telephone opens its link. Looking at it uses nothing up: messengers look at links before people do."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.facilities import places
from alerts.service.people import shelter_passes
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.services import Services
from api.office.cookies import let_report
from api.office.door import Door
from api.office.forms import Fields
from api.office.pages import render, see
from api.office.people.arriving import arrivals
from api.office.refusals import SHELTER

_LONGEST_KEY = 100


def beginning_pages(door: Door, worlds: Mapping[str, Services]) -> APIRouter:
    """Pages for who holds a link and nothing else."""
    router = APIRouter(prefix=f"{SHELTER}/begin", include_in_schema=False)
    people = door.people

    @router.get("")
    def look(request: Request, key: str = "") -> Response:
        """For which places it is, and a button that begins."""
        found = shelter_passes.waiting(people, key[:_LONGEST_KEY])
        if found is None:
            raise RefusedError(Reason.LINK_USED)
        names = [place.name for place in places(worlds[found.world], found.facilities)]
        values = {"pass_": found, "key": key, "names": names}
        return render(request, "shelter_begin.html", None, world=found.world, values=values)

    @router.post("")
    def begin(fields: Annotated[Fields, Depends(arrivals(door))]) -> Response:
        """Binds the pass to this telephone."""
        holder = shelter_passes.open_link(people, fields.text("key")[:_LONGEST_KEY])
        response = see(SHELTER)
        let_report(people, response, holder)
        return response

    return router
