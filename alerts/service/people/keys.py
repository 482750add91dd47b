"""What an officer is given to come in once, and what is taken from him when it may be in wrong hands."""

from datetime import datetime, timedelta

from alerts.people.code import digest
from alerts.people.officer import Officer
from alerts.service import audit
from alerts.service.people.acting import Actor
from alerts.service.people.factors import new_code
from alerts.service.people.sessions import close_all
from alerts.store.unit_of_work import UnitOfWork

GIVEN_FOR_TONIGHT = timedelta(minutes=30)  # in the place of a lost telephone: he is waiting for it
GIVEN_FOR_A_START = timedelta(hours=72)  # to somebody new, or somebody who has lost everything
_TONIGHT, _START = ("officer.code", GIVEN_FOR_TONIGHT), ("officer.start", GIVEN_FOR_A_START)


def give_code(uow: UnitOfWork, actor: Actor, officer: Officer, now: datetime) -> str:
    """The telephone is lost: whatever was on it opens nothing any more, and this code stands for it once.

    The password stays: whoever gives the code, or overhears it, does not come in with it. Loud: an alarm is raised.
    """
    ring(uow, actor, officer, now)
    uow.officers.change(officer.id, totp_cipher=None, totp_step=None)
    uow.passkeys.remove(officer.id)
    return _given(uow, actor, officer, now, _TONIGHT)


def give_start(uow: UnitOfWork, actor: Actor, officer: Officer, now: datetime) -> str:
    """Everything is taken away; whoever has this code sets a password and is the officer from then on."""
    uow.officers.change(officer.id, totp_cipher=None, totp_step=None, password_hash=None)
    uow.officers.set_recovery_codes(officer.id, [])
    uow.passkeys.remove(officer.id)
    return _given(uow, actor, officer, now, _START)


def ring(uow: UnitOfWork, actor: Actor, officer: Officer, now: datetime) -> None:
    """Everybody at the office sees that somebody's keys were replaced."""
    text = f"{actor.name} gave {officer.login} a code to log in with; if nobody asked for it, find out why"
    uow.alarms.raise_(f"code:{officer.id}", "people", text, now)


def _given(uow: UnitOfWork, actor: Actor, officer: Officer, now: datetime, gift: tuple[str, timedelta]) -> str:
    action, span = gift
    code = new_code()
    uow.officers.change(officer.id, code_hash=digest(code), code_until=now + span)
    close_all(uow, actor, officer, now)
    audit.record(uow, actor, action, None, {"login": officer.login, "until": (now + span).isoformat()}, now)
    return code
