"""The next chunk is the most urgent of all that are due, and nobody else's."""

import pytest

from alerts.ports import Address, Platform
from alerts.service.deliver import deliver_next
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
def test_the_most_urgent_is_delivered_first_and_at_last_nothing_is_left(live, jma):
    (advisory,) = jma.send(*ADVISORY).revisions
    (critical,) = jma.send(*CRITICAL).revisions
    of_advisory, of_critical = open_chunks_of(live, advisory), open_chunks_of(live, critical)
    assert [deliver_next(live, "w") for _ in range(of_critical)] == ["done"] * of_critical
    assert (open_chunks_of(live, advisory), open_chunks_of(live, critical)) == (of_advisory, 0)
    assert [deliver_next(live, "w") for _ in range(of_advisory)] == ["done"] * of_advisory
    assert deliver_next(live, "w") is None


@pytest.mark.usefixtures("resident")
def test_who_is_too_late_for_the_first_takes_the_second(live, jma, monkeypatch):
    jma.send(*CRITICAL)
    jma.send(*ADVISORY)
    claim, asked = ChunkRepository.claim, []

    def another_is_faster_once(chunks, chunk_id, worker, now, lease):
        if not asked:
            claim(chunks, chunk_id, "fast", now, lease)
        asked.append(chunk_id)
        return claim(chunks, chunk_id, worker, now, lease)

    monkeypatch.setattr(ChunkRepository, "claim", another_is_faster_once)
    assert deliver_next(live, "late") == "done"
    first, second = asked
    with live.database.read() as uow:
        assert (uow.chunks.get(first).claimed_by, uow.chunks.get(second).state) == ("fast", "done")
