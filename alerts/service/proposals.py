"""What is proposed to the office, and its decision. A decision is recorded: it sends nothing to anybody."""

from alerts.proposal import Proposal, ProposalState
from alerts.service import audit
from alerts.service.people.acting import CONSOLE, Actor
from alerts.service.propose import alarm_key
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork

MAX_NAME = 100  # characters of who decided
NOT_SENT = "recorded only: nothing was sent to anybody; issue the order by the city's own channels now"


class UnknownProposalError(LookupError):
    """No proposal of this world has the id."""


class NotWaitingError(ValueError):
    """It was decided already, or its trigger ended; `proposal` is how it stands."""

    def __init__(self, proposal: Proposal) -> None:
        """Says who decided what, or that there is nothing to decide any more."""
        by = f" by {proposal.decided_by} at {proposal.decided_at:%H:%M} UTC" if proposal.decided_at else ""
        super().__init__(f"proposal {proposal.id} is {proposal.state}{by}: there is nothing to decide any more")
        self.proposal = proposal


def holding(services: Services) -> list[Proposal]:
    """The proposals whose trigger holds, the gravest first; those that wait are `open`."""
    with services.database.read() as uow:
        return uow.proposals.holding()


def newest(services: Services, limit: int) -> list[Proposal]:
    """The proposals begun last, also those that are over."""
    with services.database.read() as uow:
        return uow.proposals.newest(limit)


def decide(  # noqa: PLR0917 - who decided what, in the order of the sentence
    services: Services, proposal_id: str, verdict: ProposalState, by: str, note: str, actor: Actor = CONSOLE
) -> Proposal:
    """Records what the city decided, once. Raises `UnknownProposalError`, `NotWaitingError`.

    `verdict` is `CONFIRMED` or `DECLINED`. Nothing is sent: the order is given by the city's own channels. The audit
    names `actor`.
    """
    if verdict not in (ProposalState.CONFIRMED, ProposalState.DECLINED):
        raise ValueError(f"a proposal is confirmed or declined, not {verdict}")

    def work(uow: UnitOfWork) -> Proposal:
        """Writes the decision and closes the alarm, or refuses both."""
        now = services.clock.now()
        is_decided = uow.proposals.decide(proposal_id, verdict, by, note, now)
        proposal = uow.proposals.get(proposal_id)
        if proposal is None:
            raise UnknownProposalError(f"no proposal of the {services.world.name} world has the id {proposal_id}")
        if not is_decided:
            raise NotWaitingError(proposal)
        uow.alarms.clear(alarm_key(proposal), now)
        said = {"proposal": proposal_id, "state": str(verdict), "by": by, "note": note}
        audit.record(uow, actor, "proposal.decide", {"state": str(ProposalState.OPEN)}, said, now)
        return proposal

    return run(services.database, work)
