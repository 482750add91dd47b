"""What past telegrams would have done under other rules: nothing is changed, nobody is told (design.md §4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.admission import may_act
from alerts.alert import Change, Tier, Urgency
from alerts.city.matching import MatchingRules
from alerts.explain import WouldTell, would_tell
from alerts.service.rules import known
from alerts.service.services import Services
from alerts.service.stored import readings_of
from alerts.store.telegrams import TelegramRecord
from alerts.telegram.reading import Outcome

_ACTING = (Outcome.LIVE, Outcome.HOLD)
_IN_A_DRILL = (*_ACTING, Outcome.DRILL)  # every telegram of a drill world is an exercise (R1)
MOST = 500  # telegrams looked at, the newest; more would take longer than somebody waits


@dataclass(frozen=True, slots=True)
class PastPush:
    """One hazard of one stored telegram: whom it would have told in which order, as things are and with the draft."""

    telegram_id: str
    issued_at: datetime
    hazard: str
    code: str
    level: int | None
    change: Change
    urgency: Urgency
    now: tuple[Tier, ...]
    then: tuple[Tier, ...]

    @property
    def differs(self) -> bool:
        """Whether the draft changes who is told when, how urgently or for which reason."""
        return [_essence(tier) for tier in self.now] != [_essence(tier) for tier in self.then]


@dataclass(frozen=True, slots=True)
class Preview:
    """`telegrams` is how many were looked at; `complete` is False where there are more in the time asked for."""

    telegrams: int
    complete: bool
    pushes: tuple[PastPush, ...]


def preview(services: Services, draft: MatchingRules, back: timedelta) -> Preview:
    """The pushes of the stored telegrams of the last days, newest first, against an empty situation each."""
    with services.database.read() as uow:
        now, _ = known(services, uow)
        since = services.clock.now() - back
        acting = _IN_A_DRILL if services.is_drill else _ACTING
        found = uow.telegrams.issued_since(since, acting, MOST + 1)
        told = [(telegram.id, one) for telegram in found[:MOST] for one in _told_by(services, telegram)]
    pushes = tuple(_past(telegram_id, one, issued_at, now=now, then=draft) for telegram_id, (one, issued_at) in told)
    return Preview(min(len(found), MOST), len(found) <= MOST, pushes)


def _told_by(services: Services, telegram: TelegramRecord) -> Iterator[tuple[WouldTell, datetime]]:
    for reading in readings_of(services, telegram):
        if reading.envelope and may_act(services.world, reading):
            issued_at = reading.envelope.issued_at
            yield from ((told, issued_at) for told in would_tell(reading, services.pack.policy, issued_at))


def _past(
    telegram_id: str, told: WouldTell, issued_at: datetime, *, now: MatchingRules, then: MatchingRules
) -> PastPush:
    case, decision = told.case, told.decision
    return PastPush(
        telegram_id=telegram_id,
        issued_at=issued_at,
        hazard=case.hazard,
        code=case.code,
        level=case.level,
        change=decision.change,
        urgency=decision.urgency,
        now=now.tiers(case),
        then=then.tiers(case),
    )


def _essence(tier: Tier) -> tuple[frozenset[str] | None, str | None, bool]:
    return tier.districts, tier.because, tier.lowered
