"""Who is let in: asked by one administrator, done when another one confirms it; on the machine by its console."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from alerts.audit import State
from alerts.people.officer import MOST_CHARACTERS, Officer, login_name
from alerts.people.request import LIFETIME, Act, Request, RequestState
from alerts.people.role import Role
from alerts.service import audit
from alerts.service.people.acting import CONSOLE
from alerts.service.people.enacting import Done, enact, require_others
from alerts.service.people.keys import give_code, give_start, ring
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; an act on somebody who is there names him by `officer_id`."""

    act: Act
    officer_id: str | None = None
    login: str = ""
    name: str = ""
    roles: Collection[Role] = ()


def ask(services: Services, visitor: Visitor, wanted: Wanted) -> Request:
    """Keeps an act that waits for another administrator. Raises `RefusedError`."""

    def work(uow: UnitOfWork) -> Request:
        now = services.clock.now()
        request = _request(uow, wanted, visitor.officer.id, now)
        require_others(uow, request)
        uow.people_requests.add(request)
        audit.record(uow, visitor.actor, "request.ask", None, _said(request), now)
        return request

    return run(services.database, work)


def confirm(services: Services, visitor: Visitor, request_id: str) -> Done:
    """Does what another administrator asked for, once. Raises `RefusedError`."""

    def work(uow: UnitOfWork) -> Done:
        now = services.clock.now()
        request = _found(uow, request_id)
        if obstacle := request.obstacle(visitor.officer.id, now):
            raise RefusedError(Reason(obstacle))
        if not uow.people_requests.decide(request.id, RequestState.DONE, visitor.officer.id, now):
            raise RefusedError(Reason.DECIDED)
        audit.record(uow, visitor.actor, "request.confirm", None, _said(request), now)
        return enact(uow, visitor.actor, request, now)

    return run(services.database, work)


def refuse(services: Services, visitor: Visitor, request_id: str) -> None:
    """The act will not be done; who asked for it takes it back in the same way. Raises `RefusedError`."""

    def work(uow: UnitOfWork) -> None:
        now = services.clock.now()
        request = _found(uow, request_id)
        if not uow.people_requests.decide(request.id, RequestState.REFUSED, visitor.officer.id, now):
            raise RefusedError(Reason.DECIDED)
        audit.record(uow, visitor.actor, "request.refuse", _said(request), None, now)

    run(services.database, work)


def replace_telephone(services: Services, visitor: Visitor, officer_id: str) -> Done:
    """A code for tonight, by one administrator alone: it opens nothing without the officer's password.

    Raises `RefusedError` (`OWN_CODE`, `UNKNOWN_OFFICER`, `SHUT_OUT`).
    """
    if officer_id == visitor.officer.id:
        raise RefusedError(Reason.OWN_CODE)

    def work(uow: UnitOfWork) -> Done:
        officer = _active(uow.officers.get(officer_id))
        return Done(officer, give_code(uow, visitor.actor, officer, services.clock.now()))

    return run(services.database, work)


def add_at_console(services: Services, wanted: Wanted) -> Done:
    """Makes an account without a second pair of eyes: who has the machine has everything. Raises `RefusedError`."""

    def work(uow: UnitOfWork) -> Done:
        now = services.clock.now()
        return enact(uow, CONSOLE, _request(uow, wanted, "console", now), now)

    return run(services.database, work)


def reset_at_console(services: Services, login: str, *, everything: bool) -> Done:
    """A code for tonight, or, with `everything`, a new start. Raises `RefusedError`."""

    def work(uow: UnitOfWork) -> Done:
        officer, now = _active(uow.officers.by_login(login_name(login) or "")), services.clock.now()
        has_password = uow.officers.credentials(officer.id).password_hash is not None
        if has_password and not everything:
            return Done(officer, give_code(uow, CONSOLE, officer, now))
        ring(uow, CONSOLE, officer, now)
        return Done(officer, give_start(uow, CONSOLE, officer, now))

    return run(services.database, work)


def waiting(services: Services) -> list[Request]:
    """The acts that wait for a second administrator."""
    with services.database.read() as uow:
        return uow.people_requests.open(services.clock.now() - LIFETIME)


def _request(uow: UnitOfWork, wanted: Wanted, asked_by: str, now: datetime) -> Request:
    id_ = secrets.token_hex(8)
    if wanted.act is Act.ADD:
        login, roles = _new(uow, wanted)
        return Request(id_, Act.ADD, None, login, wanted.name.strip(), roles, asked_by, now)
    officer = uow.officers.get(wanted.officer_id or "")
    if officer is None:
        raise RefusedError(Reason.UNKNOWN_OFFICER)
    roles = frozenset(wanted.roles) if wanted.act is Act.ROLES else officer.roles
    if not roles:
        raise RefusedError(Reason.NO_ROLE)
    return Request(id_, wanted.act, officer.id, officer.login, officer.name, roles, asked_by, now)


def _new(uow: UnitOfWork, wanted: Wanted) -> tuple[str, frozenset[Role]]:
    login = login_name(wanted.login)
    if login is None:
        raise RefusedError(Reason.BAD_LOGIN)
    if uow.officers.by_login(login):
        raise RefusedError(Reason.LOGIN_TAKEN)
    if not 0 < len(wanted.name.strip()) <= MOST_CHARACTERS:
        raise RefusedError(Reason.NO_NAME)
    if not wanted.roles:
        raise RefusedError(Reason.NO_ROLE)
    return login, frozenset(wanted.roles)


def _found(uow: UnitOfWork, request_id: str) -> Request:
    request = uow.people_requests.get(request_id)
    if request is None:
        raise RefusedError(Reason.UNKNOWN_REQUEST)
    return request


def _active(officer: Officer | None) -> Officer:
    if officer is None:
        raise RefusedError(Reason.UNKNOWN_OFFICER)
    if not officer.is_active:
        raise RefusedError(Reason.SHUT_OUT)
    return officer


def _said(request: Request) -> State:
    return {
        "request": request.id,
        "act": str(request.act),
        "login": request.login,
        "name": request.name,
        "roles": sorted(request.roles),
        "asked_by": request.asked_by,
    }
