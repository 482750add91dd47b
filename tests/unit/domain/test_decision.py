"""What residents are told is decided by what they were told before (design.md §4, R5, R14, R22)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Alert, AlertState, Change, Scope, Source, Urgency
from alerts.decision import Moment, Shift, decide
from alerts.situation import HazardChange, HazardState
from alerts.telegram.notice import Notice, NoticeState

ISSUED = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
LIFETIME = timedelta(hours=6)
CODES = {2: "10", 3: "03", 4: "43", 5: "33"}
URGENCIES = {"10": Urgency.NORMAL, "03": Urgency.HIGH, "43": Urgency.CRITICAL, "33": Urgency.CRITICAL}


class Table:
    def urgency(self, hazard: str, code: str, level: int | None) -> Urgency:
        return URGENCIES[code]

    def push_lifetime(self, hazard: str) -> timedelta:
        return LIFETIME

    def shown_for(self, hazard: str) -> timedelta | None:
        return timedelta(hours=24) if hazard == "earthquake" else None


def notice(rank: int) -> Notice:
    return Notice("heavy_rain", CODES[rank], rank, rank, NoticeState.IN_FORCE, f"レベル{rank}")


def state(rank: int) -> HazardState:
    return HazardState(
        "unit", "heavy_rain", "unit", CODES[rank], rank, rank, f"レベル{rank}", (), ISSUED, ISSUED, "t0", "a0"
    )


def alert(rank: int, told: int) -> Alert:
    return Alert(
        "a0",
        Source.JMA,
        "heavy_rain",
        "unit",
        AlertState.IN_FORCE,
        CODES[rank],
        rank,
        rank,
        "n",
        told,
        1,
        ISSUED,
        ISSUED,
    )


def change(kind: Change | None, before: int, now: int) -> HazardChange:
    return HazardChange("heavy_rain", kind, state(before) if before else None, notice(now) if now else None)


SOON = Moment(ISSUED, ISSUED + timedelta(minutes=1))
LATE = Moment(ISSUED, ISSUED + LIFETIME)


@pytest.mark.parametrize(
    ("kind", "before", "told", "now", "expected"),
    [
        (Change.ISSUE, 0, 0, 3, (Change.ISSUE, Urgency.HIGH, Scope.EVERYONE)),
        (Change.RAISE, 3, 3, 4, (Change.RAISE, Urgency.CRITICAL, Scope.EVERYONE)),
        (Change.RAISE, 3, 0, 4, (Change.ISSUE, Urgency.CRITICAL, Scope.EVERYONE)),  # the 3 was never told
        (None, 4, 0, 4, (Change.ISSUE, Urgency.CRITICAL, Scope.EVERYONE)),  # an outage hid it
        (Change.LOWER, 5, 5, 3, (Change.LOWER, Urgency.NORMAL, Scope.RECEIVERS)),
        (Change.LOWER, 5, 3, 4, (Change.RAISE, Urgency.CRITICAL, Scope.EVERYONE)),  # the 5 was never told
        (Change.END, 4, 4, 0, (Change.END, Urgency.NORMAL, Scope.RECEIVERS)),
        (Change.RETRACT, 4, 4, 0, (Change.RETRACT, Urgency.CRITICAL, Scope.RECEIVERS)),
        (Change.CORRECT, 4, 4, 2, (Change.CORRECT, Urgency.CRITICAL, Scope.RECEIVERS)),
        (Change.CORRECT, 2, 2, 4, (Change.CORRECT, Urgency.CRITICAL, Scope.EVERYONE)),
    ],
)
def test_a_difference_between_told_and_true_is_pushed(kind, before, told, now, expected):
    decision = decide(change(kind, before, now), alert(before, told) if before else None, Table(), SOON)
    assert decision is not None
    assert (decision.change, decision.urgency, decision.scope) == expected
    assert decision.pushed
    assert decision.told_rank == now


def test_r14_a_continuation_never_rings():
    assert decide(change(None, 4, 4), alert(4, 4), Table(), SOON) is None


def test_a_return_to_what_was_told_is_noted_but_not_pushed():
    decision = decide(change(Change.LOWER, 5, 4), alert(5, 4), Table(), SOON)
    assert decision is not None
    assert (decision.pushed, decision.told_rank, decision.change) == (False, 4, Change.LOWER)


def test_r22_what_is_late_is_noted_but_not_pushed_and_stays_untold():
    decision = decide(change(Change.ISSUE, 0, 4), None, Table(), LATE)
    assert decision is not None
    assert (decision.pushed, decision.told_rank) == (False, 0)
    assert "R22" in decision.reason


def test_a_first_start_tells_nobody_and_does_not_ring_later_for_the_same():
    decision = decide(change(Change.ISSUE, 0, 4), None, Table(), Moment(ISSUED, ISSUED, baseline=True))
    assert decision is not None
    assert (decision.pushed, decision.told_rank) == (False, 4)
    assert decide(change(None, 4, 4), alert(4, decision.told_rank), Table(), SOON) is None


def test_only_the_newest_of_one_poll_is_told():
    overtaken = Moment(ISSUED, ISSUED, overtaken=True)
    decision = decide(change(Change.ISSUE, 0, 3), None, Table(), overtaken)
    assert decision is not None
    assert (decision.pushed, decision.told_rank) == (False, 0)


def test_r19_an_end_of_what_nobody_was_told_of_is_quiet():
    decision = decide(change(Change.END, 3, 0), alert(3, 0), Table(), SOON)
    assert decision is not None
    assert not decision.pushed


ranks = st.sampled_from([0, 2, 3, 4, 5])
moments = st.builds(
    Moment,
    st.just(ISSUED),
    st.integers(0, 12 * 60).map(lambda minutes: ISSUED + timedelta(minutes=minutes)),
    st.booleans(),
    st.booleans(),
)


@given(before=ranks, told=ranks, now=ranks, moment=moments)
def test_whatever_happened_a_push_means_that_told_and_true_differed(before, told, now, moment):
    if before == 0:
        told = 0
    kind = _kind(before, now)
    if kind is None and before == 0:
        return
    decision = decide(change(kind, before, now), alert(before, told) if before else None, Table(), moment)
    if decision is None:
        assert kind is None
        return
    if decision.pushed:
        assert told != now
        assert decision.told_rank == now
        assert moment.now < decision.expires_at
        assert not moment.baseline
        assert decision.urgency is not Urgency.NONE
    if now == 0:
        assert decision.told_rank == 0 or decision.settle_at is not None


def _kind(before: int, now: int) -> Change | None:
    if before == now:
        return None
    if before == 0:
        return Change.ISSUE
    if now == 0:
        return Change.END
    return Change.RAISE if now > before else Change.LOWER


@given(st.lists(ranks, min_size=1, max_size=12), st.data())
def test_after_the_last_timely_telegram_residents_know_what_is_true(sequence, data):
    """Late and overtaken telegrams may leave residents behind; the next timely one always brings them up to date.

    But for an end that came with a newer telegram: nothing may follow it, so it waits to be told by itself.
    """
    told, before, waits = 0, 0, False
    for index, now in enumerate([*sequence, sequence[-1]]):
        kind = _kind(before, now)
        last = index == len(sequence)
        moment = SOON if last else data.draw(moments.filter(lambda m: not m.baseline))
        if kind is not None or before:
            known = alert(before or told, told) if before or told else None
            decision = decide(change(kind, before, now), known, Table(), moment)
            told, waits = (decision.told_rank, decision.settle_at is not None) if decision else (told, waits)
        before = now
    assert told == before or (before == 0 and waits)


HERE = Shift(risen=frozenset({"d1"}))


def test_districts_that_were_told_less_urgently_are_told_when_it_comes_to_them():
    decision = decide(change(None, 3, 3), alert(3, told=3), Table(), Moment(ISSUED, ISSUED), HERE)
    assert decision is not None
    assert (decision.change, decision.urgency, decision.only) == (Change.ISSUE, Urgency.HIGH, {"d1"})
    assert decision.told_rank == 3


@pytest.mark.parametrize("moment", [Moment(ISSUED, ISSUED + LIFETIME), Moment(ISSUED, ISSUED, overtaken=True)])
def test_nobody_is_told_late_or_twice_of_a_district(moment):
    assert decide(change(None, 3, 3), alert(3, told=3), Table(), moment, HERE) is None


def test_a_rise_of_the_city_is_for_everybody_whatever_changed_inside():
    decision = decide(change(Change.RAISE, 3, 4), alert(3, told=3), Table(), Moment(ISSUED, ISSUED), HERE)
    assert decision is not None
    assert (decision.change, decision.only) == (Change.RAISE, None)


def test_a_correction_of_the_parts_is_for_the_districts_it_changes():
    shift = Shift(corrected=frozenset({"d1", "d2"}))
    decision = decide(change(Change.CORRECT, 4, 4), alert(4, told=4), Table(), Moment(ISSUED, ISSUED), shift)
    assert decision is not None
    assert (decision.change, decision.urgency, decision.only) == (Change.CORRECT, Urgency.CRITICAL, {"d1", "d2"})
