"""Whether a part of the service works, wherever it runs (`bosai check --part`)."""

from sqlalchemy.exc import SQLAlchemyError

from alerts.service.readiness import SILENT_AFTER
from alerts.store.database import DatabaseNotReadyError
from alerts.world import LIVE, WorldMismatchError
from bosai.clock import SystemClock
from bosai.finding import Finding, State, short
from bosai.settings import Settings
from bosai.wiring import database


def sign_of_life(settings: Settings, part: str) -> Finding:
    """Whether a part of the service has said lately that it works, wherever it runs."""
    try:
        opened = database(settings, LIVE)
        with opened.read() as uow:
            seen = {beat.part: beat.at for beat in uow.heartbeats.all()}
        opened.dispose()
    except (DatabaseNotReadyError, WorldMismatchError, SQLAlchemyError) as error:
        return Finding(part, State.FAILED, f"the live database cannot be asked: {short(error)}")
    if part not in seen:
        return Finding(part, State.FAILED, "has given no sign of life yet; is it running?")
    silence = SystemClock().now() - seen[part]
    state = State.OK if silence <= SILENT_AFTER else State.FAILED
    return Finding(part, state, f"last sign of life {silence.total_seconds():.0f} s ago")
