"""GET /: one page that says what is in force, in the live world and in the drill, and whether the service is well."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.templating import Jinja2Templates
from starlette.staticfiles import StaticFiles

from api.office import words
from api.office.start_view import start_view
from api.residents.colours import shade_of
from api.residents.world import WorldApi

_HERE = Path(__file__).parent


def install_start_page(app: FastAPI, live: WorldApi, drill: WorldApi) -> None:
    """Serves the page and its assets, all from here."""
    templates = Jinja2Templates(directory=_HERE / "templates")
    templates.env.globals |= {"words": words, "shade_of": shade_of}
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")

    @app.get("/", include_in_schema=False)
    def start(request: Request) -> Response:
        """The start page; the script on it asks again every few seconds."""
        context = {"view": start_view(live, drill)}
        return templates.TemplateResponse(request, "start.html", context, headers={"Cache-Control": "no-store"})
