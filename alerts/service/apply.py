"""One telegram applied to the situation: changes, decisions, alert revisions and their chunks, in one transaction."""

from dataclasses import dataclass, replace

from alerts.alert import Revision
from alerts.chain import chain_of
from alerts.decision import Moment, decide
from alerts.service.arrival import Incoming
from alerts.service.issue import publish_all
from alerts.service.revise import Step, alert_id_of, revise
from alerts.service.services import Services
from alerts.situation import HazardChange, Saying, changes_by, is_newer, state_after
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reading import Reading


class ConcurrentUpdateError(Exception):
    """Another worker advanced the unit between our read and our write; the transaction is tried again."""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that one application needs; `moment` says when and how the telegram came.

    `overtaken` are hazards that a newer telegram of the same poll decides too: only that one may ring.
    """

    services: Services
    uow: UnitOfWork
    incoming: Incoming
    reading: Reading
    moment: Moment
    overtaken: frozenset[str]


def apply(application: Application, unit: str) -> tuple[str, tuple[Revision, ...]]:
    """Applies a telegram that may act; returns `applied` or `stale`, and the revisions it made.

    Raises `ConcurrentUpdateError` if another worker applied a telegram of the same unit in between.
    """
    services, uow, moment = application.services, application.uow, application.moment
    if not _advance(application, unit):
        return "stale", ()
    chain = (chain_of(application.reading.envelope) if application.reading.envelope else None) or unit
    changes = changes_by(application.reading, uow.situation.states_of(chain), moment.issued_at)
    revisions = [revision for change in changes if (revision := _apply_change(application, change, chain, unit))]
    if changes:
        uow.versions.bump("situation", moment.now)
    return "applied", publish_all(services, uow, revisions, moment.now)


def _advance(application: Application, unit: str) -> bool:
    """Makes this telegram the newest of its unit; False if a newer one is there."""
    uow, moment, telegram_id = application.uow, application.moment, application.incoming.id
    row = uow.situation.unit(unit)
    if not is_newer(moment.issued_at, telegram_id, (row.issued_at, row.telegram_id) if row else None):
        return False
    if not uow.situation.advance_unit(unit, telegram_id, moment.issued_at, row.version if row else None):
        raise ConcurrentUpdateError(unit)
    return True


def _apply_change(application: Application, change: HazardChange, chain: str, unit: str) -> Revision | None:
    """Moves one hazard's state and alert; returns the revision if there is something to say or to note."""
    services, uow = application.services, application.uow
    moment = replace(application.moment, overtaken=change.hazard in application.overtaken)
    policy = services.pack.policy
    saying = Saying(chain, unit, application.incoming.id, moment.issued_at, policy.shown_for(change.hazard))
    alert = uow.alerts.open_of(chain, change.hazard)
    step = Step(services, chain, application.incoming.id, moment)
    state = state_after(change, saying, alert.id if alert else alert_id_of(step, change.hazard))
    if state is None:
        uow.situation.remove(chain, change.hazard)
    else:
        uow.situation.put(state)
    decision = decide(change, alert, policy, moment)
    return revise(uow, step, change, alert, decision) if decision else None
