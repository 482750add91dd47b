"""What would a telegram do? The real way, run to the last step before delivery, without any effect (issue 4)."""

from collections.abc import Sequence

from alerts.admission import may_act
from alerts.alert import Revision
from alerts.chain import beginnings_of_units, chain_of
from alerts.proposal import Proposal
from alerts.service.arrival import Incoming
from alerts.service.proposals import holding
from alerts.service.propose import propose
from alerts.service.reach import Reach, reach_of
from alerts.service.receive import receive
from alerts.service.rehearsal import rehearsal
from alerts.service.services import Services
from alerts.service.simulation import Against, SimulatedPush, SimulatedTier, Simulation
from alerts.service.stored import REACH
from alerts.store.standing import Around
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.world import LiveWorld


def simulate(services: Services, incoming: Incoming, against: Against) -> Simulation:
    """Never raises for a bad telegram: the reading then says `hold` and why. Writes nothing to the real database."""
    reading = read_telegram(incoming.raw, incoming.file, services.pack.codes)
    issued_at = reading.envelope.issued_at if reading.envelope else None
    moment = issued_at if against is Against.EMPTY and issued_at else services.clock.now()
    simulated = Incoming(incoming.id, f"simulated-{incoming.file}", incoming.raw, moment)
    around = _around(reading, incoming) if against is Against.NOW else None
    with rehearsal(services, moment, around) as rehearsed:
        (received,) = receive(rehearsed, [simulated])
        propose(rehearsed)
        proposed = _new_proposals(services, rehearsed, incoming)
    pushes = tuple(_push(services, revision) for revision in received.revisions)
    return Simulation(reading, against, moment, _why_nothing(services, reading, received.revisions), pushes, proposed)


def _new_proposals(services: Services, rehearsed: Services, incoming: Incoming) -> tuple[Proposal, ...]:
    """What the telegram would have proposed, less what the office has before it already."""
    known = {(one.alert_id, one.order) for one in holding(services)}
    found = (one for one in holding(rehearsed) if one.telegram_id == incoming.id)
    return tuple(one for one in found if (one.alert_id, one.order) not in known)


def _around(reading: Reading, incoming: Incoming) -> Around:
    envelope = reading.envelope
    chain = chain_of(envelope) if envelope else None
    units = beginnings_of_units(chain) if chain else ("",)
    since = (envelope.issued_at if envelope else incoming.seen_at) - REACH
    return Around(incoming.id, units, since)


def _why_nothing(services: Services, reading: Reading, revisions: Sequence[Revision]) -> str | None:
    if revisions:
        return None
    if may_act(services.world, reading):
        return "nothing would change: it says nothing about the city that is not known already"
    if isinstance(services.world, LiveWorld) and reading.outcome is Outcome.DRILL:
        return "an exercise or test moves nothing in the live world (R1); simulate it in the drill world"
    return reading.reason


def _push(services: Services, revision: Revision) -> SimulatedPush:
    if not revision.pushed:
        return SimulatedPush(revision, (), (), 0)
    reach = reach_of(services, revision)
    districts = services.pack.matching.districts_of(revision.tiers)
    tiers = tuple(_tier(services, revision, number, reach) for number in range(len(revision.tiers)))
    return SimulatedPush(revision, districts, tiers, reach.untold)


def _tier(services: Services, revision: Revision, tier: int, reach: Reach) -> SimulatedTier:
    texts = tuple(
        services.wording.render(revision, tier, language, drill=services.is_drill, city=services.pack.codes)
        for language in services.wording.languages
    )
    return SimulatedTier(revision, tier, texts, reach.by_language(tier))
