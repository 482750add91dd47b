"""What every way in has in common: it comes from our own page, and leads on to one of ours."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from alerts.service.people.sessions import SignedIn
from alerts.service.services import Services
from api.office.cookies import let_in
from api.office.door import Door
from api.office.forms import Fields, read_form
from api.office.pages import see
from api.office.refusals import HOME, LOGIN, foreign_origin


def arrivals(door: Door) -> Callable[[Request, Fields], Fields]:
    """The form of somebody who has not logged in. There is no session to make a token from, so its origin counts."""

    def arrives(request: Request, fields: Annotated[Fields, Depends(read_form)]) -> Fields:
        if not door.is_own_page(request):
            raise foreign_origin()
        return fields

    return arrives


def entered(people: Services, signed_in: SignedIn, location: str) -> Response:
    """He is in."""
    response = see(location)
    let_in(people, response, signed_in)
    return response


def inside(wanted: str) -> str:
    """Where to go after the login: an office page, or the first one; never to another site."""
    is_ours = wanted.startswith("/office/") and "\\" not in wanted and wanted.isascii() and wanted.isprintable()
    return wanted if is_ours and not wanted.startswith((LOGIN, "/office/logout")) else HOME
