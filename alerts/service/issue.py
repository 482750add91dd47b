"""Decided revisions enter the store with their delivery chunks, in the caller's transaction (design.md §2.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.alert import Alert, Change, Revision, Scope
from alerts.city.rule import Case
from alerts.service.noise import within_budget
from alerts.service.nudging import nudge_after_commit
from alerts.service.rules import acting
from alerts.service.services import Services
from alerts.store.chunk import NewChunk
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.extent import WHOLE_CITY
from alerts.times import japan_day

FIRST_CHUNK = 500  # device numbers: the first message does not wait until thousands of addresses are read
_TIERS = 10  # of one urgency that stand apart in the order of telling; those beyond share the last place
_SAY_WHAT_STANDS = frozenset({Change.LOWER, Change.CORRECT})


def publish_all(
    services: Services, uow: UnitOfWork, revisions: Sequence[Revision], now: datetime
) -> tuple[Revision, ...]:
    """Stores revisions, the most urgent first, and nudges the workers once all of it is committed.

    Returns them as they were published: a step-down that takes the place of a warning not yet sent goes to everyone.
    """
    by_urgency = sorted(revisions, key=lambda revision: revision.urgency.precedence)
    published = [_publish(services, uow, revision, now) for revision in by_urgency]
    due = [chunk for _, chunks in published for chunk in chunks]
    nudge_after_commit(services, uow, due)
    return tuple(revision for revision, _ in published)


def story_of(alert: Alert) -> str:
    """What is told in order: an alert, and the one that follows it when the hazard comes back (R29)."""
    return f"{alert.chain}|{alert.hazard}"


def _publish(services: Services, uow: UnitOfWork, revision: Revision, now: datetime) -> tuple[Revision, list[int]]:
    """One revision and its chunks, the most exposed districts first.

    It takes the place of whatever of its story nobody is telling yet: what is over alarms no one any more, and a
    phone hears the last word last. What a worker is telling now goes on, and the new chunks wait for it.
    """
    if not revision.pushed:
        uow.alerts.add_revision(revision)
        return revision, []
    alert = uow.alerts.get(revision.alert_id)
    if alert is None:
        raise LookupError(f"revision {revision.number} of {revision.alert_id}, which is no alert")
    unsent = uow.chunks.supersede(story_of(alert), now)
    for chunk in (one for one in unsent if one.attempts):
        if chunk.digest_of is not None:
            uow.deliveries.hand_on(chunk)
        uow.deliveries.overtaken(chunk, now)
    narrow = revision.change in _SAY_WHAT_STANDS or revision.tiers[-1].districts is not None
    said = _widened(services, uow, revision, alert) if unsent and narrow else revision
    said, held = within_budget(services, uow, said)
    uow.alerts.add_revision(said)
    if held:
        uow.held_back.add(held)
    uow.postings.add(said.alert_id, said.number, story_of(alert), now)
    chunk_size = services.pack.policy.chunk_size
    return said, uow.chunks.add_all(list(_chunks(uow, said, story_of(alert), chunk_size, now)))


def _widened(services: Services, uow: UnitOfWork, revision: Revision, alert: Alert) -> Revision:
    """For everyone: some were not told of the higher level, and must hear of the one that still stands."""
    if revision.said is not None:  # the officer chose the districts
        urgency = services.pack.office.urgency(revision.said.template, Change.ISSUE, None)
        return replace(revision, scope=Scope.EVERYONE, urgency=urgency)
    pack, matching, day = services.pack, acting(services, uow), japan_day(revision.issued_at)
    state = uow.situation.states_of(alert.chain).get(alert.hazard)
    extent = state.extent if state else WHOLE_CITY
    return replace(
        revision,
        scope=Scope.EVERYONE,
        urgency=pack.policy.urgency(revision.hazard, revision.code, revision.level),
        tiers=matching.tiers(Case(revision.hazard, revision.level, revision.code, revision.rank, day, extent)),
        rules_version=matching.version,
    )


def _chunks(uow: UnitOfWork, revision: Revision, story: str, chunk_size: int, now: datetime) -> Iterator[NewChunk]:
    """Ranges of device numbers for each tier. A device registered later is not told: the app shows it what is on."""
    numbers = uow.devices.number_range()
    if numbers is None:
        return
    for tier in range(len(revision.tiers)):
        for device_from, device_to in ranges(*numbers, chunk_size):
            yield NewChunk(
                alert_id=revision.alert_id,
                revision=revision.number,
                tier=tier,
                device_from=device_from,
                device_to=device_to,
                urgency=revision.urgency_in(tier),
                priority=revision.urgency_in(tier).precedence * _TIERS + min(tier, _TIERS - 1),
                due_at=now,
                story=story,
            )


def ranges(first: int, last: int, chunk_size: int) -> Iterator[tuple[int, int]]:
    """The device numbers from `first` to `last` cut into chunks, both ends inclusive; the first of them is small."""
    end = first + min(FIRST_CHUNK, chunk_size)
    for start in (first, *range(end, last + 1, chunk_size)):
        yield start, min(end - 1, last)
        end += chunk_size
