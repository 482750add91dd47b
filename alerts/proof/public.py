"""What everybody may read of the proof: nothing from which one person's phone could be known.

The rule: numbers of phones are rounded down to tens and withheld below `FEWEST`; so is when the last of so few was
sent to. When phones confirmed is withheld unless `FEWEST_CONFIRMED` did, and the first confirmation, which is one
phone's, always. The figures of a day are made of what is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.proof.figures import DayFigures, by_day
from alerts.proof.journey import Journey, Sums

FEWEST = 20
FEWEST_CONFIRMED = 100
LISTED = 200


@dataclass(frozen=True, slots=True)
class PublicJourney:
    """One pushed revision. None: not yet, or too few phones to say it."""

    alert_id: str
    revision: int
    change: str
    hazard: str
    name: str
    level: int | None
    published_at: datetime
    seen_at: datetime | None
    decided_at: datetime
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    accepted: int | None
    received: int | None
    median_received_at: datetime | None
    p99_received_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicProof:
    """The figures of the last days, and the newest journeys."""

    days: tuple[DayFigures, ...]
    journeys: tuple[PublicJourney, ...]


def public_proof(journeys: Iterable[Journey]) -> PublicProof:
    """Of journeys in any order; those that are still being told, and what nobody was pushed, are left out."""
    told = [bare(one) for one in journeys if one.pushed and one.sums]
    told.sort(key=lambda one: (one.decided_at, one.alert_id, one.revision), reverse=True)
    return PublicProof(tuple(by_day(told)), tuple(map(_public, told[:LISTED])))


def bare(journey: Journey) -> Journey:
    """The journey without what could be one person's."""
    return replace(journey, sums=journey.sums and _bare(journey.sums))


def rounded(phones: int) -> int:
    """A number of phones that is safe to say; 0: too few."""
    return phones // 10 * 10 if phones >= FEWEST else 0


def _bare(sums: Sums) -> Sums:
    is_confirmed_by_many = sums.received >= FEWEST_CONFIRMED
    return replace(
        sums,
        last_sent_at=sums.last_sent_at if sums.accepted >= FEWEST else None,
        results={result: rounded(phones) for result, phones in sums.results.items()},
        received=rounded(sums.received),
        first_received_at=None,
        median_received_at=sums.median_received_at if is_confirmed_by_many else None,
        p99_received_at=sums.p99_received_at if is_confirmed_by_many else None,
    )


def _public(journey: Journey) -> PublicJourney:
    sums = journey.sums
    return PublicJourney(
        alert_id=journey.alert_id,
        revision=journey.revision,
        change=journey.change,
        hazard=journey.hazard,
        name=journey.name,
        level=journey.level,
        published_at=journey.published_at,
        seen_at=journey.seen_at,
        decided_at=journey.decided_at,
        first_sent_at=sums.first_sent_at if sums else None,
        last_sent_at=sums.last_sent_at if sums else None,
        accepted=(sums.accepted or None) if sums else None,
        received=(sums.received or None) if sums else None,
        median_received_at=sums.median_received_at if sums else None,
        p99_received_at=sums.p99_received_at if sums else None,
    )
