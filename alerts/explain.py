"""What would this telegram do? Read and decided against an empty situation, with no effect (contract.md, explain)."""

from dataclasses import dataclass
from datetime import datetime

from alerts.admission import may_act
from alerts.alert import Change, Scope, Urgency
from alerts.city.pack import CityPack
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
    found = (_would_push(change, pack, issued_at) for change in changes_by(reading, {}, issued_at))
    return Explanation(reading, tuple(push for push in found if push))


def _would_push(change: HazardChange, pack: CityPack, issued_at: datetime) -> WouldPush | None:
    decision = decide(change, None, pack.policy, Moment(issued_at, issued_at))
    notice = change.notice
    if decision is None or notice is None or not decision.pushed or decision.scope is not Scope.EVERYONE:
        return None
    tiers = pack.matching.tiers(change.hazard, notice.level, notice.code)
    districts = pack.matching.districts_of(tiers)
    return WouldPush(decision.urgency, change.hazard, notice.level, decision.change, districts)
