"""Proposals of evacuation orders: begun, escalated, decided and ended by compare-and-set (R25)."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from alerts.proposal import EvacuationOrder, Proposal, ProposalState
from alerts.store.rows import values_of
from alerts.store.tables import proposals

_DECIDED = (ProposalState.CONFIRMED, ProposalState.DECLINED)


class ProposalRepository:
    """The proposals of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, proposal: Proposal) -> None:
        """Keeps a new one. Raises `IntegrityError` if one holds for its chain and hazard already."""
        self._connection.execute(insert(proposals).values(values_of(proposal)))

    def get(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        row = self._connection.execute(select(proposals).where(proposals.c.id == proposal_id)).one_or_none()
        return Proposal(**row._mapping) if row else None

    def holding(self) -> list[Proposal]:
        """Those whose trigger holds, decided or not, the gravest first and among them the oldest."""
        chosen = select(proposals).where(proposals.c.ended_at.is_(None)).order_by(proposals.c.proposed_at)
        found = [Proposal(**row._mapping) for row in self._connection.execute(chosen)]
        return sorted(found, key=lambda one: -one.order.level)

    def newest(self, limit: int) -> list[Proposal]:
        """The proposals begun last, newest first, also those that are over."""
        chosen = select(proposals).order_by(proposals.c.proposed_at.desc(), proposals.c.id).limit(limit)
        return [Proposal(**row._mapping) for row in self._connection.execute(chosen)]

    def decided_on(self, alert_id: str) -> dict[EvacuationOrder, ProposalState]:
        """What was decided in an episode, by order; of two decisions on one order the later."""
        chosen = select(proposals.c.order, proposals.c.state).where(
            proposals.c.alert_id == alert_id, proposals.c.state.in_(_DECIDED)
        )
        return dict(self._connection.execute(chosen.order_by(proposals.c.decided_at)).all())

    def decide(self, proposal_id: str, state: ProposalState, by: str, note: str, now: datetime) -> bool:
        """Compare and set: False if it does not wait for a decision any more."""
        waiting = update(proposals).where(proposals.c.id == proposal_id, proposals.c.state == ProposalState.OPEN)
        decided = waiting.values(state=state, decided_by=by, note=note, decided_at=now)
        return self._connection.execute(decided).rowcount == 1

    def end(self, ended: Proposal, was: ProposalState) -> bool:
        """Compare and set: False if it was decided or ended by somebody else since it was read as `was`."""
        same = update(proposals).where(
            proposals.c.id == ended.id, proposals.c.state == was, proposals.c.ended_at.is_(None)
        )
        values = {"state": ended.state, "ended_at": ended.ended_at, "ending": ended.ending}
        return self._connection.execute(same.values(values)).rowcount == 1

    def escalate(self, proposal: Proposal, now: datetime) -> bool:
        """Compare and set: False if it was decided, or somebody was called, since it was read."""
        same = update(proposals).where(
            proposals.c.id == proposal.id,
            proposals.c.state == ProposalState.OPEN,
            proposals.c.escalations == proposal.escalations,
        )
        called = same.values(escalated_at=now, escalations=proposal.escalations + 1)
        return self._connection.execute(called).rowcount == 1
