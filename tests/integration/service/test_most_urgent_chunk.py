"""The next chunk is the most urgent of all that are due, and nobody else's."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from alerts.alert import Urgency
from alerts.ports import Address, Platform, PushOutcome, PushResult
from alerts.service.deliver import deliver
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.store.chunks import ChunkRepository
from alerts.telegram.composition import Stated

ADVISORY, CRITICAL = ("VPWW55", Stated("10")), ("VPWW56", Stated("49"))


@pytest.fixture
def resident(live):
    register(live, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True))


def open_chunks_of(services, revision):
    with services.database.read() as uow:
        counts = uow.chunks.counts(revision.alert_id)
    return counts.get("due", 0) + counts.get("claimed", 0)


@pytest.mark.usefixtures("resident")
def test_the_most_urgent_is_claimed_first_and_at_last_nothing_is_left(live, jma, monkeypatch):
    (advisory,) = jma.send(*ADVISORY).revisions
    (critical,) = jma.send(*CRITICAL).revisions
    claim, claimed = ChunkRepository.claim, []

    def remember(chunks, *how):
        taken = claim(chunks, *how)
        claimed.append(taken.alert_id)
        return taken

    monkeypatch.setattr(ChunkRepository, "claim", remember)
    expected = [critical.alert_id] * open_chunks_of(live, critical) + [advisory.alert_id] * open_chunks_of(
        live, advisory
    )
    assert set(deliver(live, "w").values()) == {"done"}
    assert claimed == expected
    assert deliver(live, "w") == {}


@dataclass
class Hanging:
    """A provider that answers for nothing ordinary until it has been handed something critical."""

    on_ordinary: Callable[[], object]
    channel: str = "none"
    order: list[Urgency] = field(default_factory=list)

    def send(self, jobs, clock, record):
        held = []
        for job in jobs:
            if job is None:
                record(())
                time.sleep(0.01)
                continue
            self.order.append(job.message.urgency)
            if job.message.urgency is not Urgency.CRITICAL:
                held.append(job)
                self.on_ordinary()
                self.on_ordinary = lambda: None
                continue
            for told in (job, *held):
                record([PushOutcome(t.device, PushResult.ACCEPTED, chunk=told.chunk) for t in told.targets])
            held.clear()

    def close(self):
        """Nothing is open."""


@pytest.mark.usefixtures("resident")
def test_a_running_push_that_hangs_holds_no_critical_one_up(live, jma):
    """One worker, an advisory under way that the provider does not answer for, and then a level 4."""
    provider = Hanging(lambda: jma.send(*CRITICAL))
    services = replace(live, sender=provider)
    jma.services = services
    jma.send(*ADVISORY)
    assert set(deliver(services, "w").values()) == {"done"}
    assert provider.order == [Urgency.NORMAL, Urgency.CRITICAL]


@pytest.mark.usefixtures("resident")
def test_who_is_too_late_for_the_first_takes_the_second(live, jma, monkeypatch):
    jma.send(*CRITICAL)
    jma.send(*ADVISORY)
    claim, asked = ChunkRepository.claim, []

    def another_is_faster_once(chunks, chunk_id, worker, now, lease):
        if not asked:
            assert claim(chunks, chunk_id, "fast", now, lease)
        asked.append(chunk_id)
        return claim(chunks, chunk_id, worker, now, lease)

    monkeypatch.setattr(ChunkRepository, "claim", another_is_faster_once)
    ended = deliver(live, "late")
    first, *others = asked
    assert ended == dict.fromkeys(others, "done")
    with live.database.read() as uow:
        assert uow.chunks.get(first).claimed_by == "fast"
