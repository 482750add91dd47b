"""Who may come through: one dependency a route, which names the role that it needs (decision 27)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from alerts.people.role import Role, may
from alerts.service.people import sessions
from alerts.service.people.acting import MACHINE, Actor
from alerts.service.people.passkeys import Site
from alerts.service.people.roll import has_officers
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from api.office.cookies import is_at_drill, is_https_only, session_token
from api.office.forms import Fields, read_form
from api.office.local import same_origin_only, this_machine_only
from api.office.people.words import ROLES
from api.office.refusals import (
    LoginNeededError,
    StillAtDrillError,
    foreign_origin,
    form_not_ours,
    role_missing,
    session_over,
    still_at_drill,
)
from api.office.tokens import is_form_token
from api.problems import ProblemError


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that one of ours sent from one of our pages."""

    visitor: Visitor
    fields: Fields


@dataclass(frozen=True, slots=True, eq=False)
class Door:
    """The doors of the office. `people` is the live world: accounts live there alone, also for the drill's pages."""

    people: Services

    def needs(self, role: Role | None) -> "Needs":
        """A page for whoever has the role; None: for everybody who has logged in."""
        return Needs(self, role)

    def posts(self, role: Role | None, world: str = "live") -> "Posts":
        """A form of a page of that world."""
        return Posts(self, role, world)

    def operators(self, role: Role) -> "Operators":
        """A JSON address for whoever has the role."""
        return Operators(self, role)

    def visitor(self, request: Request) -> Visitor | None:
        """Who has logged in. What a page's script asks for by itself does not say that somebody is at the desk."""
        token, is_act = session_token(self.people, request), request.headers.get("sec-fetch-dest") != "empty"
        return sessions.find(self.people, token, notes=is_act) if token else None

    def site(self, request: Request) -> Site:
        """Where the browser sees these pages."""
        scheme = "https" if is_https_only(self.people) else request.url.scheme
        return Site(request.url.hostname or "", f"{scheme}://{request.url.netloc}")

    def is_own_page(self, request: Request) -> bool:
        """Whether one of our own pages sent this; every browser says so of a form, and of a script's POST."""
        return request.headers.get("origin") == self.site(request).origin


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """The dependency of a page."""

    door: Door
    role: Role | None
    is_live_desk: bool = False  # who comes from the drill is asked first; what a script asks for is only read

    def __call__(self, request: Request) -> Visitor:
        """Who asks. Nobody is sent to log in and comes back; somebody without the role is told what to do."""
        visitor = self.door.visitor(request)
        wanted = f"{request.url.path}?{request.url.query}".removesuffix("?")
        if visitor is None:
            raise LoginNeededError(wanted)
        _with_role(visitor, self.role)
        if self.is_live_desk and is_opened(request) and is_at_drill(self.door.people, request):
            raise StillAtDrillError(wanted)
        return visitor


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """The dependency of a form."""

    door: Door
    role: Role | None
    world: str
    is_live_desk: bool = False

    def __call__(self, request: Request, fields: Annotated[Fields, Depends(read_form)]) -> Posted:
        """The form, from one of our pages, of this session, in this world, by somebody who may."""
        if not self.door.is_own_page(request):
            raise foreign_origin()
        visitor = self.door.visitor(request)
        if visitor is None:
            raise session_over()
        if not is_form_token(fields.text("form_token"), visitor.token, self.world):
            raise form_not_ours()
        _with_role(visitor, self.role)
        if self.is_live_desk and is_at_drill(self.door.people, request):
            raise still_at_drill()
        return Posted(visitor, fields)


@dataclass(frozen=True, slots=True, eq=False)
class Operators:
    """The dependency of a JSON address. Until there is an officer, embedded defaults trust the machine itself."""

    door: Door
    role: Role

    def __call__(self, request: Request) -> Actor:
        """Who asks. Raises `ProblemError`."""
        if self.door.people.environment == "embedded" and not has_officers(self.door.people):
            this_machine_only(request)
            same_origin_only(request)
            return MACHINE
        visitor = self.door.visitor(request)
        if visitor is None:
            raise ProblemError("login-needed", "Log in at /office/login in this browser, and ask again.")
        if not may(visitor.officer.roles, self.role):
            raise ProblemError("role-needed", f"This needs the role {self.role}; an administrator can give it.")
        if request.method not in {"GET", "HEAD"} and not self.door.is_own_page(request):
            raise ProblemError("role-needed", "Only pages of this service may send this; send its own Origin.")
        return visitor.actor


def is_opened(request: Request) -> bool:
    """Whether a person opens this page; a window in the background only asks for what is new in it."""
    return "text/html" in request.headers.get("accept", "")


def _with_role(visitor: Visitor, role: Role | None) -> Visitor:
    if role is not None and not may(visitor.officer.roles, role):
        raise role_missing(ROLES[role])
    return visitor
