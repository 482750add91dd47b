"""`python -m bosai.web`: the API, by the settings, until it is told to end."""

import gc
import signal
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from bosai import folder
from bosai.gate_wiring import gate
from bosai.logs import configure
from bosai.settings import Settings, load_settings
from bosai.wiring import Worlds

_DRAIN_SECONDS = 5
_GARBAGE_AFTER = 20_000  # new objects: a request leaves none behind, and Python's 700 look at each dozen of requests


def create(settings: Settings) -> FastAPI:
    """The API over both worlds."""
    configure(settings.log_level)
    return create_app(
        Worlds(settings),
        last_known=folder.create(settings.data),
        web_origins=settings.origins,
        bundle_secrets=folder.bundle_secrets(settings),
        event_streams=settings.event_streams,
        gate=gate(settings),
    )


def main() -> None:
    """Serves until SIGTERM, finishes the answers under way, and ends with 0."""
    signal.signal(signal.SIGTERM, _end)  # uvicorn drains, and then sends itself the signal again
    settings = load_settings()
    api = create(settings)
    gc.freeze()  # city, texts and routes stay, and are never looked through again
    gc.set_threshold(_GARBAGE_AFTER, 20, 50)
    uvicorn.run(
        api,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        log_level="warning",
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
