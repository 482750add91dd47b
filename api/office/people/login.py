"""Coming in and going out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import passkeys, sessions
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import SignedIn
from alerts.service.people.signing_in import Attempt, sign_in, welcome
from api.office.cookies import known_browser, let_in, let_out
from api.office.forms import Fields, read_form
from api.office.gate import Gate, Posted
from api.office.pages import render, see
from api.office.people.words import refusal
from api.office.refusals import HOME, LOGIN, foreign_origin

_SLOW_DOWN, _REFUSED = 429, 422


def login_pages(gate: Gate) -> APIRouter:
    """The login, by password and code or by passkey; the only office pages without one."""
    router = APIRouter(include_in_schema=False)
    people = gate.people

    def arrives(request: Request, fields: Annotated[Fields, Depends(read_form)]) -> Fields:
        if not gate.is_own_page(request):
            raise foreign_origin()
        return fields

    def entered(signed_in: SignedIn, location: str) -> Response:
        response = see(location)
        let_in(people, response, signed_in)
        return response

    @router.get("/office/login")
    def login(request: Request, next: str = HOME) -> Response:  # noqa: A002 - the word in the address
        """The form; it says the same to everybody."""
        return render(request, "login.html", None, next=inside(next), error=None, login="")

    @router.post("/office/login")
    def log_in(request: Request, fields: Annotated[Fields, Depends(arrives)]) -> Response:
        """Name, password and code at once."""
        attempt = _attempt(gate, request, fields)
        try:
            return entered(sign_in(people, attempt), inside(fields.text("next")))
        except RefusedError as error:
            status = _SLOW_DOWN if error.reason is Reason.WAIT else _REFUSED
            said = {"next": inside(fields.text("next")), "error": refusal(error), "login": attempt.login}
            return render(request, "login.html", None, status=status, **said)

    @router.post("/office/login/passkey/options")
    def offer(request: Request, _: Annotated[Fields, Depends(arrives)]) -> Response:
        """What the browser signs; the same for everybody, so it names nobody."""
        return Response(passkeys.sign_in_options(people, gate.site(request)), media_type="application/json")

    @router.post("/office/login/passkey")
    def log_in_by_passkey(request: Request, fields: Annotated[Fields, Depends(arrives)]) -> Response:
        """The signature, from a hidden field that the script fills."""
        try:
            browser = known_browser(people, request)
            signed_in = passkeys.sign_in(people, gate.site(request), fields.text("credential"), browser)
        except RefusedError as error:
            said = {"next": inside(fields.text("next")), "error": refusal(error), "login": ""}
            return render(request, "login.html", None, status=_REFUSED, **said)
        return entered(signed_in, inside(fields.text("next")))

    @router.get("/office/welcome")
    def first_time(request: Request) -> Response:
        """For somebody who was given a code and has no password yet."""
        return render(request, "welcome.html", None, error=None, login="")

    @router.post("/office/welcome")
    def begin(request: Request, fields: Annotated[Fields, Depends(arrives)]) -> Response:
        """The code, and a password of one's own."""
        try:
            if fields.text("password") != fields.text("again"):
                raise RefusedError(Reason.DIFFERENT)
            return entered(welcome(people, _attempt(gate, request, fields)), HOME)
        except RefusedError as error:
            status = _SLOW_DOWN if error.reason is Reason.WAIT else _REFUSED
            return render(
                request, "welcome.html", None, status=status, error=refusal(error), login=fields.text("login")
            )

    @router.post("/office/logout")
    def log_out(posted: Annotated[Posted, Depends(gate.posts(None))]) -> Response:
        """Ends the session on our side, too."""
        sessions.sign_out(people, posted.visitor)
        response = see(LOGIN)
        let_out(people, response)
        return response

    return router


def inside(wanted: str) -> str:
    """Where to go after the login: an office page, or the first one; never to another site."""
    is_ours = wanted.startswith("/office/") and "\\" not in wanted and wanted.isprintable()
    return wanted if is_ours and not wanted.startswith((LOGIN, "/office/logout")) else HOME


def _attempt(gate: Gate, request: Request, fields: Fields) -> Attempt:
    browser = known_browser(gate.people, request)
    return Attempt(fields.text("login")[:100], fields.text("password")[:1000], fields.text("code")[:100], browser)
