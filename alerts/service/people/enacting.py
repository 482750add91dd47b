"""What a confirmed act does to the accounts."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.people.officer import Officer, is_last_administrator
from alerts.people.request import Act, Request
from alerts.people.role import Role
from alerts.service import audit
from alerts.service.people.acting import Actor
from alerts.service.people.keys import give_start, ring
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import close_all
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it; `code` is to be told to the officer, once."""

    officer: Officer
    code: str | None = None


def enact(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    """Does it, and writes it into the audit with what was before. Raises `RefusedError`."""
    require_others(uow, request)
    return _DO[request.act](uow, actor, request, now)


def require_others(uow: UnitOfWork, request: Request) -> None:
    """Somebody must be left who can let people in. Raises `RefusedError` (`LAST_ADMINISTRATOR`)."""
    stays = request.act in {Act.ADD, Act.RESTORE, Act.RESET} or (
        request.act is Act.ROLES and Role.ADMINISTRATOR in request.roles
    )
    if stays:
        return
    uow.officers.lock_all()
    everybody = uow.officers.all()
    if any(each.id == request.officer_id and is_last_administrator(each, everybody) for each in everybody):
        raise RefusedError(Reason.LAST_ADMINISTRATOR)


def _add(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    officer = Officer(secrets.token_hex(8), request.login, request.name, request.roles, now)
    if not uow.officers.add(officer):
        raise RefusedError(Reason.LOGIN_TAKEN)
    after = {"login": officer.login, "name": officer.name, "roles": sorted(officer.roles)}
    audit.record(uow, actor, "officer.add", None, after, now)
    return Done(officer, give_start(uow, actor, officer, now))


def _set_roles(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    officer = _there(uow, request)
    uow.officers.change(officer.id, roles=request.roles)
    before, after = ({"login": officer.login, "roles": sorted(roles)} for roles in (officer.roles, request.roles))
    audit.record(uow, actor, "officer.roles", before, after, now)
    return Done(replace(officer, roles=request.roles))


def _disable(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    officer = _there(uow, request)
    uow.officers.change(officer.id, disabled_at=now, reachable_until=None, code_hash=None, code_until=None)
    audit.record(uow, actor, "officer.disable", {"login": officer.login}, None, now)
    close_all(uow, actor, officer, now)
    return Done(replace(officer, disabled_at=now, reachable_until=None))


def _restore(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    officer = _there(uow, request)
    uow.officers.change(officer.id, disabled_at=None)
    audit.record(uow, actor, "officer.restore", None, {"login": officer.login}, now)
    return Done(replace(officer, disabled_at=None), give_start(uow, actor, officer, now))


def _reset(uow: UnitOfWork, actor: Actor, request: Request, now: datetime) -> Done:
    officer = _there(uow, request)
    if not officer.is_active:
        raise RefusedError(Reason.SHUT_OUT)
    ring(uow, actor, officer, now)
    return Done(officer, give_start(uow, actor, officer, now))


def _there(uow: UnitOfWork, request: Request) -> Officer:
    uow.officers.lock(request.officer_id or "")
    officer = uow.officers.get(request.officer_id or "")
    if officer is None:
        raise RefusedError(Reason.UNKNOWN_OFFICER)
    return officer


_DO: Mapping[Act, Callable[[UnitOfWork, Actor, Request, datetime], Done]] = {
    Act.ADD: _add,
    Act.ROLES: _set_roles,
    Act.DISABLE: _disable,
    Act.RESTORE: _restore,
    Act.RESET: _reset,
}
