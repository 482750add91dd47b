"""/docs: Swagger UI from the installed package; nothing is fetched from elsewhere."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

_HERE = Path(__file__).parent


def install_docs(app: FastAPI) -> None:
    """Serves the page and its assets."""
    app.mount("/docs/ui", StaticFiles(directory=swagger_ui_path), name="swagger-ui")
    app.mount("/docs/static", StaticFiles(directory=_HERE / "static"), name="docs-static")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> FileResponse:
        """The API for people."""
        return FileResponse(_HERE / "docs.html", media_type="text/html; charset=utf-8")
