"""What would this telegram do? Read and decided against an empty situation, with no effect (contract.md, explain)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.admission import may_act
from alerts.alert import Change, Scope, Urgency
from alerts.city.pack import CityPack
from alerts.city.rule import case_of
from alerts.decision import Moment, decide
from alerts.situation import HazardChange, changes_by
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
    found = (push for change in changes_by(reading, {}, issued_at) for push in _would_push(change, pack, issued_at))
    return Explanation(reading, tuple(found))


def _would_push(change: HazardChange, pack: CityPack, issued_at: datetime) -> Iterator[WouldPush]:
    """One push for everybody, or a second one for those who are told less urgently."""
    decision = decide(change, None, pack.policy, Moment(issued_at, issued_at))
    notice, matching = change.notice, pack.matching
    if decision is None or notice is None or not decision.pushed or decision.scope is not Scope.EVERYONE:
        return
    tiers = matching.tiers(case_of(notice))
    everybody, less = matching.districts_of(tiers), matching.lowered(tiers)
    if everybody is None:
        yield WouldPush(decision.urgency, change.hazard, notice.level, decision.change, None)
        return
    for urgency, wanted in ((decision.urgency, False), (decision.urgency.one_step_lower, True)):
        districts = tuple(district for district in everybody if (district in less) is wanted)
        if districts:
            yield WouldPush(urgency, change.hazard, notice.level, decision.change, districts)
