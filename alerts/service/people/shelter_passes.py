"""The office gives the person at a shelter a link; its telephone then reports for these places (issue 8.5)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from alerts.audit import State
from alerts.people.role import Role
from alerts.people.shelter_pass import LIFETIME, MOST_CHARACTERS, PassState, ShelterPass
from alerts.service import audit
from alerts.service.facilities import places
from alerts.service.people.acting import Actor
from alerts.service.people.factors import new_token, token_hash
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Issued:
    """A new pass; `key` goes into its link and nowhere else."""

    shelter_pass: ShelterPass
    key: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose telephone asks, by the token that it sent."""

    shelter_pass: ShelterPass
    token: str

    @property
    def actor(self) -> Actor:
        """As the audit names him: nobody's account, and by the pass."""
        return Actor(None, self.shelter_pass.name, frozenset({Role.SHELTER}))


def issue(people: Services, world: Services, visitor: Visitor, facilities: Collection[str], label: str) -> Issued:
    """Makes a pass for places of a world. Raises `RefusedError` (`NO_PLACE`, `NO_LABEL`)."""
    known = [place.facility for place in places(world, facilities)]
    said = label.strip()
    if not known or len(known) != len(set(facilities)):
        raise RefusedError(Reason.NO_PLACE)
    if not 0 < len(said) <= MOST_CHARACTERS or not said.isprintable():
        raise RefusedError(Reason.NO_LABEL)
    now, key = people.clock.now(), new_token()
    id_, by = secrets.token_hex(8), visitor.officer.id
    made = ShelterPass(id_, world.world.name, said, tuple(sorted(known)), by, now, now + LIFETIME)

    def work(uow: UnitOfWork) -> None:
        uow.shelter_passes.add(made, token_hash(key))
        audit.record(uow, visitor.actor, "pass.issue", None, _said(made), now)

    run(people.database, work)
    return Issued(made, key)


def waiting(people: Services, key: str) -> ShelterPass | None:
    """The pass whose link this is, if it can still be opened; looking uses nothing up."""
    with people.database.read() as uow:
        return _unopened(uow, key, people.clock.now())


def open_link(people: Services, key: str) -> Holder:
    """Binds a pass to the telephone that opened its link first. Raises `RefusedError` (`LINK_USED`)."""
    token = new_token()

    def work(uow: UnitOfWork) -> Holder | None:
        now = people.clock.now()
        found = _unopened(uow, key, now)
        if found is None or not uow.shelter_passes.open(token_hash(key), token_hash(token), now):
            return None
        holder = Holder(found, token)
        audit.record(uow, holder.actor, "pass.open", None, _said(found), now)
        return holder

    holder = run(people.database, work)
    if holder is None:
        raise RefusedError(Reason.LINK_USED)
    return holder


def find(people: Services, token: str) -> Holder | None:
    """Who holds this token; None for nobody, and once the pass is over or revoked."""
    with people.database.read() as uow:
        found = uow.shelter_passes.by_token(token_hash(token))
    if found is None or found.state(people.clock.now()) is not PassState.IN_USE:
        return None
    return Holder(found, token)


def standing(people: Services, world: Services) -> list[ShelterPass]:
    """The passes of a world that are not over."""
    with people.database.read() as uow:
        found = uow.shelter_passes.standing(people.clock.now())
    return [each for each in found if each.world == world.world.name]


def revoke(people: Services, world: Services, visitor: Visitor, pass_id: str) -> None:
    """Ends a pass of a world, opened or not; a second time changes nothing. Raises `RefusedError` (`UNKNOWN_LINK`)."""

    def work(uow: UnitOfWork) -> None:
        _end(uow, visitor.actor, "pass.revoke", pass_id, people.clock.now(), world.world.name)

    run(people.database, work)


def hand_back(people: Services, holder: Holder) -> None:
    """The person at the shelter is done; a second time changes nothing."""
    held = holder.shelter_pass
    run(people.database, lambda uow: _end(uow, holder.actor, "pass.close", held.id, people.clock.now(), held.world))


def _end(  # noqa: PLR0917 - as the book has it, and the world
    uow: UnitOfWork, actor: Actor, action: str, pass_id: str, now: datetime, world: str
) -> None:
    found = uow.shelter_passes.get(pass_id)
    if found is None or found.world != world:
        raise RefusedError(Reason.UNKNOWN_LINK)
    if uow.shelter_passes.revoke(pass_id, now):
        audit.record(uow, actor, action, _said(found), None, now)


def _unopened(uow: UnitOfWork, key: str, now: datetime) -> ShelterPass | None:
    found = uow.shelter_passes.by_key(token_hash(key))
    return found if found and found.state(now) is PassState.WAITING else None


def _said(shelter_pass: ShelterPass) -> State:
    return {
        "pass": shelter_pass.id,
        "world": shelter_pass.world,
        "label": shelter_pass.label,
        "facilities": list(shelter_pass.facilities),
        "until": shelter_pass.until.isoformat(),
    }
