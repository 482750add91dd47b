"""Coming in by a passkey alone: the device has asked for a finger or a PIN."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import passkeys
from alerts.service.people.refused import RefusedError
from api.office.cookies import known_browser
from api.office.door import Door
from api.office.forms import Fields
from api.office.pages import render
from api.office.people.arriving import arrivals, entered, inside
from api.office.people.words import refusal
from api.office.refusals import LOGIN


def passkey_login(door: Door) -> APIRouter:
    """Two addresses for the small script of the login page."""
    router = APIRouter(prefix=f"{LOGIN}/passkey", include_in_schema=False)
    people = door.people
    Arriving = Annotated[Fields, Depends(arrivals(door))]  # noqa: N806 - a type

    @router.post("/options", dependencies=[Depends(arrivals(door))])
    def offer(request: Request) -> Response:
        """What the browser signs; the same for everybody, so it names nobody."""
        options = passkeys.sign_in_options(people, door.site(request))
        return Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.post("")
    def log_in(request: Request, fields: Arriving) -> Response:
        """The signature, from a hidden field that the script fills."""
        wanted, browser = inside(fields.text("next")), known_browser(people, request)
        try:
            signed_in = passkeys.sign_in(people, door.site(request), fields.text("credential"), browser)
        except RefusedError as error:
            said = {"next": wanted, "error": refusal(error), "login": ""}
            return render(request, "login.html", None, status=422, values=said)
        return entered(people, signed_in, wanted)

    return router
