"""Coming in by name, password and code, the first time too, and going out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import sessions
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.signing_in import Attempt, sign_in, welcome
from api.office.cookies import known_browser, let_out
from api.office.door import Door, Posted
from api.office.forms import Fields
from api.office.pages import render, see
from api.office.people.account import chosen_password
from api.office.people.arriving import arrivals, entered, inside
from api.office.people.words import refusal
from api.office.refusals import ACCOUNT, HOME, LOGIN

_SLOW_DOWN, _REFUSED = 429, 422


def login_pages(door: Door) -> APIRouter:
    """Pages for who has not logged in."""
    router = APIRouter(include_in_schema=False)
    people = door.people
    Arriving = Annotated[Fields, Depends(arrivals(door))]  # noqa: N806 - a type

    @router.get(LOGIN)
    def login(request: Request, next: str = HOME) -> Response:  # noqa: A002 - the word in the address
        """The form; it says the same to everybody."""
        return render(request, "login.html", None, next=inside(next), error=None, login="")

    @router.post(LOGIN)
    def log_in(request: Request, fields: Arriving) -> Response:
        """Name, password and code at once."""
        wanted = inside(fields.text("next"))
        try:
            return entered(people, sign_in(people, _attempt(door, request, fields)), wanted)
        except RefusedError as error:
            said = {"next": wanted, "error": refusal(error), "login": fields.text("login")}
            return render(request, "login.html", None, status=_status(error), values=said)

    @router.get("/office/welcome")
    def first_time(request: Request) -> Response:
        """For somebody who was given a code and has no password yet."""
        return render(request, "welcome.html", None, error=None, login="")

    @router.post("/office/welcome")
    def begin(request: Request, fields: Arriving) -> Response:
        """The code, and a password of one's own."""
        try:
            chosen_password(fields)
            return entered(people, welcome(people, _attempt(door, request, fields)), ACCOUNT)
        except RefusedError as error:
            said = {"error": refusal(error), "login": fields.text("login")}
            return render(request, "welcome.html", None, status=_status(error), values=said)

    @router.post("/office/logout")
    def log_out(posted: Annotated[Posted, Depends(door.posts(None))]) -> Response:
        """Ends the session on our side, too."""
        sessions.sign_out(people, posted.visitor)
        response = see(LOGIN)
        let_out(people, response)
        return response

    return router


def _status(error: RefusedError) -> int:
    return _SLOW_DOWN if error.reason is Reason.WAIT else _REFUSED


def _attempt(door: Door, request: Request, fields: Fields) -> Attempt:
    browser = known_browser(door.people, request)
    return Attempt(fields.text("login")[:100], fields.text("password")[:1000], fields.text("code")[:100], browser)
