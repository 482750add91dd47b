"""Somebody comes in with a name, a password and a code, all three at once: nobody learns which of them was wrong."""

from dataclasses import dataclass

from alerts.people.code import digest
from alerts.people.officer import Officer, login_name
from alerts.people.session import Method
from alerts.people.throttle import FREE, counted_by, must_wait, one_more
from alerts.service import audit
from alerts.service.people.acting import Actor, acting
from alerts.service.people.factors import fitting, token_hash, use
from alerts.service.people.passwords import hashed, matches
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import SignedIn, open_session
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.officers import Credentials
from alerts.store.unit_of_work import UnitOfWork

_SOMEBODY = Actor(None, "not logged in", frozenset())
_NOTHING = Credentials(None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed, and what the browser is known by."""

    login: str
    password: str
    code: str
    browser: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom an attempt is about, and where it was counted."""

    officer: Officer | None
    has: Credentials
    counted_by: str | None  # None: a given code cannot be guessed, and is not counted


def sign_in(services: Services, attempt: Attempt) -> SignedIn:
    """Opens a session. Raises `RefusedError` (`LOGIN_FAILED`, `WAIT`).

    1. The attempt is counted before it is looked at, so that many at once are not looked at in one count's place.
    2. The password is compared, for a name that nobody has as slowly.
    3. The code is used up, the session opened and the count cleared, in one transaction.
    """
    known = run(services.database, lambda uow: _counted(services, uow, attempt))
    is_password = matches(attempt.password, known.has.password_hash)
    signed_in = run(services.database, lambda uow: _opened(services, uow, attempt, known, is_password))
    if signed_in is None:
        raise RefusedError(Reason.LOGIN_FAILED)
    return signed_in


def welcome(services: Services, attempt: Attempt) -> SignedIn:
    """The first time, or after everything was taken away: the given code, and a password of his own choice.

    Raises `RefusedError`: `WELCOME_FAILED`, `WAIT`, or what is wrong with the password.
    """
    login = login_name(attempt.login) or attempt.login
    kept = hashed(attempt.password, login)  # before anything is looked up: as slow for everybody
    known = run(services.database, lambda uow: _counted(services, uow, attempt))

    def work(uow: UnitOfWork) -> SignedIn | None:
        now, officer = services.clock.now(), known.officer
        if officer is None or known.counted_by is not None or known.has.password_hash is not None:
            return None
        if not uow.officers.use_code(officer.id, digest(attempt.code) or ""):
            return None
        uow.officers.change(officer.id, password_hash=kept)
        audit.record(uow, acting(officer), "password.set", None, {"login": officer.login}, now)
        return open_session(services, uow, officer, Method.CODE, attempt.browser)

    signed_in = run(services.database, work)
    if signed_in is None:
        raise RefusedError(Reason.WELCOME_FAILED)
    return signed_in


def _counted(services: Services, uow: UnitOfWork, attempt: Attempt) -> _Known:
    now, login = services.clock.now(), login_name(attempt.login)
    officer = uow.officers.by_login(login) if login else None
    has = uow.officers.credentials(officer.id) if officer else _NOTHING
    if officer and has.has_code(digest(attempt.code), now):
        return _Known(officer, has, None)
    key = counted_by(attempt.login, officer.id if officer else None, _known_browser(uow, officer, attempt))
    before = uow.guesses.failures(key)
    if until := must_wait(before, now):
        raise RefusedError(Reason.WAIT, until)
    count = one_more(before, now)
    uow.guesses.count(key, count)
    if officer and count.count == FREE:
        audit.record(uow, _SOMEBODY, "login.slowed", None, {"login": officer.login}, now)
    return _Known(officer, has, key)


def _known_browser(uow: UnitOfWork, officer: Officer | None, attempt: Attempt) -> str | None:
    hash_ = token_hash(attempt.browser) if attempt.browser else None
    return hash_ if officer and hash_ and uow.guesses.knows(officer.id, hash_) else None


def _opened(services: Services, uow: UnitOfWork, attempt: Attempt, known: _Known, is_password: bool) -> SignedIn | None:
    officer = uow.officers.get(known.officer.id) if known.officer else None
    if officer is None:
        return None
    has = uow.officers.credentials(officer.id)
    factor = fitting(services, uow, officer, has, attempt.code)
    is_his = is_password and has.password_hash == known.has.password_hash and officer.is_active
    if not (is_his and factor and use(uow, officer.id, factor)):
        return None
    if known.counted_by:
        uow.guesses.clear(known.counted_by)
    return open_session(services, uow, officer, factor.method, attempt.browser)
