"""How every office page is made: one set of templates, never kept by a browser or a proxy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from alerts.people.role import may
from alerts.service.people.sessions import Visitor
from api.office import words
from api.office.menu import entries
from api.office.people import words as people_words
from api.office.tokens import form_token

_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")
_TEMPLATES.env.globals.update(words=words, people=people_words, may=may, menu=entries)
_TEMPLATES.env.trim_blocks = _TEMPLATES.env.lstrip_blocks = True


def render(
    request: Request,
    template: str,
    visitor: Visitor | None,
    *,
    status: int = 200,
    world: str = "live",
    values: Mapping[str, Any] | None = None,
    **more: Any,  # noqa: ANN401 - whatever the template names
) -> Response:
    """A page for this visitor; None: for somebody who has not logged in. `form_token` goes into its forms."""
    token, live = (form_token(visitor.token, of) if visitor else "" for of in (world, "live"))  # one leaves by `live`
    context = {"visitor": visitor, "form_token": token, "world": world, "live_token": live, **(values or {}), **more}
    headers = {"Cache-Control": "no-store"}
    return _TEMPLATES.TemplateResponse(request, template, context, status_code=status, headers=headers)


def see(location: str) -> Response:
    """After a form was done: the page that shows it, so that a reload does nothing twice."""
    return Response(status_code=303, headers={"Location": location, "Cache-Control": "no-store"})
