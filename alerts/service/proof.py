"""The proof page's use cases: adding up what was sent, away from the sending, and reading it by day (issue 8.9)."""

from datetime import date, datetime, time, timedelta

from alerts.proof.figures import DayFigures, by_day
from alerts.proof.journey import Journey
from alerts.proof.public import PublicProof, public_proof
from alerts.service.services import Services
from alerts.times import JST, japan_day

PROOF = "proof"
"""Its version: readers look at it each second."""
DAYS = 14  # with figures on the pages
A_TICK = 2  # revisions added up at a time: a second of the watch must not become many
LOOKED_BACK = timedelta(days=2)  # longer than a service is ever down; what is older shows no sums
FIRST_AGAIN = timedelta(minutes=1)
LAST_AGAIN = timedelta(hours=24)  # what phones confirm after this is not counted here


def sum_up(services: Services) -> int:
    """Adds up what is told to the end, and again each time its age has doubled; returns how many.

    Reads in one transaction and writes in another, so that nobody who sends waits for it.
    """
    now = services.clock.now()
    with services.database.read() as uow:
        found = [(key, uow.proofs.add_up(*key[:2], now)) for key in uow.proofs.due(now, now - LOOKED_BACK, A_TICK)]
    if found:
        with services.database.write() as uow:
            for (alert_id, revision, made_at), sums in found:
                uow.proofs.save(alert_id, revision, sums, _again(made_at, now, pushed=bool(sums.results)))
            uow.versions.bump(PROOF, now)
    return len(found)


def of_day(services: Services, day: date) -> list[Journey]:
    """What was decided on a day in Japan, newest first."""
    since = _begin(day)
    with services.database.read() as uow:
        return uow.proofs.journeys(since, since + timedelta(days=1))


def figures(services: Services) -> list[DayFigures]:
    """The median and the 99th percentile of the last days, newest first."""
    return by_day(_lately(services))


def one(services: Services, alert_id: str, revision: int) -> Journey | None:
    """One revision's way; None if there is none of this key."""
    with services.database.read() as uow:
        return uow.proofs.journey(alert_id, revision)


def public(services: Services) -> PublicProof:
    """What everybody may read."""
    return public_proof(_lately(services))


def _lately(services: Services) -> list[Journey]:
    now = services.clock.now()
    with services.database.read() as uow:
        return uow.proofs.journeys(_begin(japan_day(now) - timedelta(days=DAYS - 1)), now + timedelta(days=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), JST)


def _again(made_at: datetime, now: datetime, *, pushed: bool) -> datetime | None:
    age = now - made_at
    return now + max(FIRST_AGAIN, age) if pushed and age < LAST_AGAIN else None
