"""The list of places of refuge, and the page of one: what is open, who said so when, and one tap to change it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from alerts.people.role import Role, may
from alerts.service import openings
from alerts.service.people.sessions import Visitor
from alerts.service.refuge import RefugePlace
from api.office.desk.desk import Desk
from api.office.desk.map import Drawing
from api.office.desk.shelters import words
from api.office.desk.shelters.ground import Ground
from api.office.desk.shelters.view import list_view, look, marks
from api.office.menu import SHELTERS
from api.office.passes.choices import choices, steps
from api.office.people.words import ROLES
from api.office.refusals import RefusalError, Way, role_missing
from api.office.start_view import situation

_MOST_SHOWN = 100


def shelter_pages(desk: Desk) -> APIRouter:
    """One world's."""
    router = desk.router()
    drawing, ground = Drawing(desk.services.pack), Ground(desk.services.pack)

    @router.get(SHELTERS)
    def read_places(request: Request, visitor: Annotated[Visitor, Depends(desk.needs(None))]) -> Response:
        """By school district and on the map, those that the address asks for."""
        _let_see(visitor)
        view = list_view(desk, ground, request.query_params)
        return desk.render(
            request,
            "shelters.html",
            visitor,
            view=view,
            ground=ground,
            drawing=drawing,
            marks=list(marks(drawing, view)),
            situation=situation(desk.world.snapshot.answers),
            said=words,
            steps=steps,
            may_report=may(visitor.officer.roles, Role.SHELTER),
            done=_done(request),
        )

    @router.get(f"{SHELTERS}/places/{{facility}}")
    def read_place(request: Request, facility: str, visitor: Annotated[Visitor, Depends(desk.needs(None))]) -> Response:
        """One place with its history."""
        _let_see(visitor)
        return place_page(desk, request, visitor, facility)

    return router


def place_page(
    desk: Desk, request: Request, visitor: Visitor, facility: str, *, error: str | None = None, status: int = 200
) -> Response:
    """One place as it is now; with what was wrong with a report of it."""
    found = look(desk)
    place = found.find(facility)
    if place is None:
        raise _unknown(desk)
    kept = openings.history(desk.services, facility)
    return desk.render(
        request,
        "shelter_place.html",
        visitor,
        status=status,
        place=place,
        choices=choices(place.opening),
        steps=steps(place.opening),
        kept=kept[: -_MOST_SHOWN - 1 : -1],
        kept_in_all=len(kept),
        now=found.now,
        said=words,
        may_report=may(visitor.officer.roles, Role.SHELTER),
        error=error,
        done=_done(request),
    )


def place_path(desk: Desk, place: RefugePlace | str) -> str:
    """Where the page of a place is."""
    facility = place if isinstance(place, str) else place.facility
    return f"{desk.path}{SHELTERS}/places/{facility}"


def _let_see(visitor: Visitor) -> None:
    """Whoever may see everything, and whoever looks after the shelters."""
    held = visitor.officer.roles
    if not may(held, Role.VIEWER) and not may(held, Role.SHELTER):
        raise role_missing(ROLES[Role.SHELTER])


def _done(request: Request) -> str | None:
    query = request.query_params
    return words.done(query.get("done", ""), query.get("count", "")) if request.method == "GET" else None


def _unknown(desk: Desk) -> RefusalError:
    text = "この施設は、現在の避難所の一覧にありません。一覧を開き直して選んでください。"
    return RefusalError(404, "施設が見つかりません", text, Way("避難所の一覧へ", f"{desk.path}{SHELTERS}"))
