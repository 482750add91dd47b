"""What the crisis office watches besides the situation itself, read together for the Now page (issue 8.1)."""

from collections.abc import Collection
from dataclasses import dataclass

from alerts.alert import Alert
from alerts.office.content import Content
from alerts.office.draft import Draft, DraftState
from alerts.people.officer import NEEDED_APPROVERS, reachable_approvers
from alerts.proposal import Proposal, ProposalState
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.opening import Opening
from alerts.store.alarm import OpenKind
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reading import Outcome

RevisionKey = tuple[str, int]
"""An alert's id and the number of a revision."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A facility of which something was reported, under the name of its first site."""

    name: str
    capacity: int | None
    opening: Opening


@dataclass(frozen=True, slots=True)
class Order:
    """What the office itself has in force."""

    alert: Alert
    holds: Content


@dataclass(frozen=True, slots=True)
class Glance:
    """One world at one moment; equal where nobody at the desk would see a difference."""

    proposals: tuple[Proposal, ...]  # that wait for a decision
    alarms: tuple[OpenKind, ...]
    held: int  # telegrams
    waiting: tuple[Draft, ...]  # for approval
    orders: tuple[Order, ...]  # of the city, the gravest first
    reported: tuple[Reported, ...]  # by name
    under_way: frozenset[RevisionKey]  # of those asked for: not told to everybody yet
    approvers: tuple[str, ...]  # names of those who can be reached now

    @property
    def is_thin(self) -> bool:
        """Whether an alert might find nobody to approve it (R24)."""
        return len(self.approvers) < NEEDED_APPROVERS


def glance(services: Services, people: Services, told: Collection[RevisionKey]) -> Glance:
    """Looks at one world. Raises one of `OUTAGES`.

    `people` is the live world, where accounts are; `told` are the revisions whose progress is shown.
    """
    with people.database.read() as uow:
        officers = uow.officers.all()
    with services.database.read() as uow:
        openings, sites = uow.openings.all(), {site.facility: site for site in reversed(in_use(services, uow))}
        reported = (
            Reported(sites[each].name, sites[each].capacity, opening)
            for each, opening in openings.items()
            if each in sites
        )
        return Glance(
            proposals=tuple(one for one in uow.proposals.holding() if one.state is ProposalState.OPEN),
            alarms=tuple(uow.alarms.open_kinds()),
            held=uow.telegrams.counts_by_outcome().get(Outcome.HOLD, 0),
            waiting=tuple(one for one in uow.office.open_drafts() if one.state is DraftState.SUBMITTED),
            orders=tuple(_orders(uow)),
            reported=tuple(sorted(reported, key=lambda one: (one.name, one.opening.facility))),
            under_way=frozenset(key for key in told if not uow.chunks.is_told(*key)),
            approvers=tuple(one.name for one in reachable_approvers(officers, people.clock.now())),
        )


def _orders(uow: UnitOfWork) -> list[Order]:
    known = ((uow.alerts.get(alert_id), holds) for alert_id, holds in uow.office.in_force().items())
    found = [Order(alert, holds) for alert, holds in known if alert]
    return sorted(found, key=lambda one: (-one.alert.rank, one.alert.since))
