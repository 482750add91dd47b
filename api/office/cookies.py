"""What an officer's browser holds: the token of its session, and a mark by which it is known when guesses are slowed.

Host-only, not readable by scripts, not sent along from other sites; in production over HTTPS alone (`__Host-`).
"""

from fastapi import Request, Response

from alerts.service.people.sessions import KNOWN_FOR, SignedIn
from alerts.service.people.shelter_passes import Holder
from alerts.service.services import Services

_SESSION, _BROWSER, _PASS, _DESK = "bosai-session", "bosai-browser", "bosai-shelter", "bosai-desk"


def session_token(people: Services, request: Request) -> str | None:
    """The token that the browser sent; None without one."""
    return request.cookies.get(_named(people, _SESSION))


def known_browser(people: Services, request: Request) -> str | None:
    """The browser's mark; whether it is known is for the service to say."""
    return request.cookies.get(_named(people, _BROWSER))


def let_in(people: Services, response: Response, signed_in: SignedIn) -> None:
    """Gives the browser its token; the session ends on our side, so the cookie has no end of its own."""
    _set(people, response, _SESSION, signed_in.token, None)
    _set(people, response, _BROWSER, signed_in.browser, int(KNOWN_FOR.total_seconds()))


def let_out(people: Services, response: Response) -> None:
    """Takes the token away."""
    _set(people, response, _SESSION, "", 0)
    leave_drill(people, response)


def is_at_drill(people: Services, request: Request) -> bool:
    """Whether the drill's desk was the last one in this browser, in whichever of its windows."""
    return request.cookies.get(_named(people, _DESK)) == "drill"


def sit_at_drill(people: Services, response: Response) -> None:
    """Notes that the officer now has a page of the drill before him."""
    _set(people, response, _DESK, "drill", None)


def leave_drill(people: Services, response: Response) -> None:
    """Forgets it: he said that he means the live world, or went out."""
    _set(people, response, _DESK, "", 0)


def pass_token(people: Services, request: Request) -> str | None:
    """The token of a shelter's telephone; None without one."""
    return request.cookies.get(_named(people, _PASS))


def let_report(people: Services, response: Response, holder: Holder) -> None:
    """Gives a shelter's telephone its token until the pass ends: a browser that was put away must not lose it."""
    left = holder.shelter_pass.until - people.clock.now()
    _set(people, response, _PASS, holder.token, int(left.total_seconds()))


def report_no_more(people: Services, response: Response) -> None:
    """Takes the shelter's token away."""
    _set(people, response, _PASS, "", 0)


def _set(people: Services, response: Response, name: str, value: str, max_age: int | None) -> None:
    secure = is_https_only(people)
    named = _named(people, name)
    response.set_cookie(named, value, max_age=max_age, secure=secure, httponly=True, samesite="lax", path="/")


def is_https_only(people: Services) -> bool:
    """In production the city's proxy speaks HTTPS to browsers, though we hear plain HTTP."""
    return people.environment == "production"


def _named(people: Services, name: str) -> str:
    return f"__Host-{name}" if is_https_only(people) else name
