"""What would this telegram do? Read and decided against an empty situation, with no effect (contract.md, explain)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.admission import may_act
from alerts.alert import Change, Scope, Urgency
from alerts.city.matching import MatchingRules
from alerts.city.pack import CityPack
from alerts.city.rule import Case, case_of
from alerts.decision import Decision, Moment, UrgencyPolicy, decide
from alerts.situation import changes_by
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Reading
from alerts.world import LIVE


@dataclass(frozen=True, slots=True)
class WouldPush:
    """One push that the telegram would cause; `districts` in the order of telling, None if the city has none."""

    urgency: Urgency
    hazard: str
    level: int | None
    change: Change
    districts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class WouldTell:
    """One case that would be pushed, before anybody asks whom it reaches first."""

    case: Case
    decision: Decision


@dataclass(frozen=True, slots=True)
class Explanation:
    """A telegram's reading and the pushes it would cause in the live world."""

    reading: Reading
    pushes: tuple[WouldPush, ...]

    @property
    def districts(self) -> tuple[str, ...] | None:
        """All districts that the pushes would reach, or None if the city has no districts."""
        if any(push.districts is None for push in self.pushes):
            return None
        return tuple(dict.fromkeys(d for push in self.pushes for d in push.districts or ()))


def explain(raw: bytes, file: str, pack: CityPack) -> Explanation:
    """Never raises for a bad telegram: the reading then says `hold` and why."""
    reading = read_telegram(raw, file, pack.codes)
    if reading.envelope is None or not may_act(LIVE, reading):
        return Explanation(reading, ())
    issued_at = reading.envelope.issued_at
    told = would_tell(reading, pack.policy, issued_at)
    return Explanation(reading, tuple(push for one in told for push in _would_push(one, pack.matching)))


def would_tell(reading: Reading, policy: UrgencyPolicy, issued_at: datetime) -> Iterator[WouldTell]:
    """What of a telegram would be pushed to everybody if nothing were in force."""
    for change in changes_by(reading, {}, issued_at):
        decision = decide(change, None, policy, Moment(issued_at, issued_at))
        if change.notice and decision and decision.pushed and decision.scope is Scope.EVERYONE:
            yield WouldTell(case_of(change.notice, issued_at), decision)


def _would_push(told: WouldTell, matching: MatchingRules) -> Iterator[WouldPush]:
    """One push for everybody, or a second one for those who are told less urgently."""
    tiers, decision, case = matching.tiers(told.case), told.decision, told.case
    everybody, lower = matching.districts_of(tiers), decision.urgency.one_step_lower
    less = frozenset() if lower is decision.urgency else matching.lowered(tiers)
    if everybody is None:
        yield WouldPush(decision.urgency, case.hazard, case.level, decision.change, None)
        return
    for urgency, wanted in ((decision.urgency, False), (lower, True)):
        districts = tuple(district for district in everybody if (district in less) is wanted)
        if districts:
            yield WouldPush(urgency, case.hazard, case.level, decision.change, districts)
