"""What `uvicorn --factory bosai.web:create` serves: the API, by the settings."""

from fastapi import FastAPI

from api.app import create_app
from bosai.gate_wiring import gate
from bosai.logs import configure
from bosai.settings import load_settings
from bosai.wiring import Worlds


def create() -> FastAPI:
    """The API over both worlds."""
    settings = load_settings()
    configure(settings.log_level)
    return create_app(Worlds(settings), gate=gate(settings))
