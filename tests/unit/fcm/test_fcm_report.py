"""Outcomes on their way to the record."""

from collections.abc import Sequence

import pytest

from alerts.ports import PushOutcome, PushResult, StopSendingError
from workers.fcm import report as report_module
from workers.fcm.report import BATCH, INTERVAL, Report


def outcome(device: int) -> PushOutcome:
    return PushOutcome(device, PushResult.ACCEPTED)


def test_five_hundred_outcomes_are_recorded_at_once() -> None:
    batches: list[list[PushOutcome]] = []
    report = Report(lambda outcomes: batches.append(list(outcomes)))
    for device in range(BATCH * 2 + 1):
        report.add(outcome(device))
    assert [len(batch) for batch in batches] == [BATCH, BATCH]
    report.flush()
    assert [o.device for batch in batches for o in batch] == list(range(BATCH * 2 + 1))


def test_what_record_raises_comes_through() -> None:
    def refuse(_outcomes: Sequence[PushOutcome]) -> None:
        raise StopSendingError("the lease ended")

    with pytest.raises(StopSendingError, match="the lease ended"):
        Report(refuse).flush()


def test_every_tenth_of_a_second_something_is_handed_over_even_if_it_is_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(report_module, "monotonic", lambda: now)
    batches: list[Sequence[PushOutcome]] = []
    report = Report(batches.append)
    report.add(outcome(1))
    report.flush_if_due()
    assert batches == []
    assert report.due_in == pytest.approx(INTERVAL)
    for _ in range(2):
        now += INTERVAL
        report.flush_if_due()
    assert batches == [[outcome(1)], []]
