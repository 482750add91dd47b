"""Browsers that are logged in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.people.officer import Officer
from alerts.people.session import Method, Session
from alerts.people.throttle import FORGOTTEN_AFTER
from alerts.service import audit
from alerts.service.people.acting import Actor, acting
from alerts.service.people.factors import new_token, token_hash
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork

KNOWN_FOR = timedelta(days=90)  # how long a browser is known to be an officer's


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody came in: `token` and `browser` go to his browser and nowhere else."""

    officer: Officer
    method: Method
    token: str
    browser: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, by the token that his browser sent."""

    officer: Officer
    session: Session
    token: str

    @property
    def actor(self) -> Actor:
        """As the audit names him."""
        return acting(self.officer)


def open_session(
    services: Services, uow: UnitOfWork, officer: Officer, method: Method, browser: str | None
) -> SignedIn:
    """A new session, never one that was there before; written into the audit."""
    now, token = services.clock.now(), new_token()
    is_known = browser is not None and uow.guesses.knows(officer.id, token_hash(browser))
    known = browser if browser and is_known else new_token()  # never one that somebody else may have put there
    uow.sessions.forget(now - services.pack.policy.sessions.idle, now - services.pack.policy.sessions.longest)
    uow.guesses.forget(now - FORGOTTEN_AFTER)
    uow.guesses.forget_browsers(seen_before=now - KNOWN_FOR)
    uow.sessions.open(Session(token_hash(token), officer.id, method, now, now))
    uow.guesses.know(officer.id, token_hash(known), now)
    uow.officers.change(officer.id, signed_in_at=now)
    audit.record(uow, acting(officer), "session.open", None, {"by": str(method)}, now)
    return SignedIn(officer, method, token, known)


def find(services: Services, token: str, *, notes: bool = True) -> Visitor | None:
    """Who holds this token; None for nobody, a session that is over, or somebody who was shut out.

    `notes`: that he was seen, which begins the idle time anew.
    """
    now, hash_ = services.clock.now(), token_hash(token)
    with services.database.read() as uow:
        session = uow.sessions.get(hash_)
        officer = uow.officers.get(session.officer_id) if session else None
    if session is None or officer is None or not officer.is_active:
        return None
    if session.is_over(now, services.pack.policy.sessions):
        return None
    if notes and session.must_be_noted(now):
        run(services.database, lambda uow: uow.sessions.saw(hash_, now))
    return Visitor(officer, session, token)


def sign_out(services: Services, visitor: Visitor) -> None:
    """Ends this session; a second time changes nothing."""

    def work(uow: UnitOfWork) -> None:
        if uow.sessions.close(visitor.session.token_hash):
            audit.record(uow, visitor.actor, "session.close", None, None, services.clock.now())

    run(services.database, work)


def sign_out_elsewhere(services: Services, visitor: Visitor) -> int:
    """Ends every other session of his, and forgets the browsers; returns how many sessions ended."""

    def work(uow: UnitOfWork) -> int:
        return close_all(uow, visitor.actor, visitor.officer, services.clock.now(), but=visitor.session.token_hash)

    return run(services.database, work)


def close_all(uow: UnitOfWork, actor: Actor, officer: Officer, now: datetime, *, but: str | None = None) -> int:
    """Logs an officer out everywhere, as part of something greater."""
    ended = uow.sessions.close_all(officer.id, but)
    uow.guesses.forget_browsers(officer.id)
    if ended:
        audit.record(uow, actor, "session.close_all", None, {"login": officer.login, "ended": ended}, now)
    return ended
