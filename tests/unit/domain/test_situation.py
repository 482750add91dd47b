"""A telegram is compared with what is held (jma.md §2.3-2.5, R18)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change
from alerts.situation import HazardState, Saying, changes_by, is_newer, state_after
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.notice import Notice, NoticeState
from alerts.telegram.reading import Outcome, Reading

ISSUED = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


def envelope(info_type: InfoType = InfoType.ISSUE) -> Envelope:
    return Envelope(
        "VPWW58",
        "t",
        Status.ACTUAL,
        info_type,
        ISSUED,
        None,
        None,
        None,
        "o",
        "o",
        None,
        None,
        "h",
        None,
        None,
        None,
        "u",
    )


def reading(notices: list[Notice], hazards: set[str], info_type: InfoType = InfoType.ISSUE) -> Reading:
    return Reading("f", envelope(info_type), Outcome.LIVE, "r", tuple(notices), frozenset(hazards))


def notice(hazard: str, rank: int, state: NoticeState = NoticeState.IN_FORCE) -> Notice:
    return Notice(hazard, f"c{rank}", None, rank, state, "n", ("until noon",))


def held(hazard: str, rank: int) -> HazardState:
    return HazardState("u", hazard, "u", f"c{rank}", None, rank, "n", (), ISSUED, ISSUED, "t0", "a0")


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_kinds_of_one_hazard_the_worst_counts(order: int) -> None:
    ash = [notice("ashfall", 1), notice("ashfall", 3), notice("ashfall", 2), notice("ashfall", 0, NoticeState.ENDED)]
    (change,) = changes_by(reading(ash[::order], {"ashfall"}), {"ashfall": held("ashfall", 2)}, ISSUED)
    assert (change.change, change.notice) == (Change.RAISE, notice("ashfall", 3))


@pytest.mark.parametrize(
    ("before", "now", "info_type", "expected"),
    [
        (None, 3, InfoType.ISSUE, Change.ISSUE),
        (2, 3, InfoType.ISSUE, Change.RAISE),
        (3, 2, InfoType.ISSUE, Change.LOWER),
        (3, 3, InfoType.ISSUE, None),
        (3, None, InfoType.ISSUE, Change.END),
        (3, 4, InfoType.DELAY, Change.RAISE),
        (3, 4, InfoType.CORRECTION, Change.CORRECT),
        (4, 3, InfoType.CORRECTION, Change.CORRECT),
        (3, 3, InfoType.CORRECTION, None),
        (3, None, InfoType.CORRECTION, Change.RETRACT),
        (None, 3, InfoType.CORRECTION, Change.ISSUE),
    ],
)
def test_a_change_is_what_differs(before, now, info_type, expected):
    states = {"storm": held("storm", before)} if before else {}
    notices = [notice("storm", now)] if now else []
    (change,) = changes_by(reading(notices, {"storm"}, info_type), states, ISSUED)
    assert change.change is expected


def test_an_ended_notice_without_a_state_changes_nothing():
    assert changes_by(reading([notice("storm", 3, NoticeState.ENDED)], {"storm"}), {}, ISSUED) == ()


def test_a_hazard_the_telegram_does_not_decide_is_left_alone():
    assert changes_by(reading([], {"storm"}), {"snowstorm": held("snowstorm", 3)}, ISSUED) == ()


def test_silence_of_a_telegram_that_decides_the_hazard_ends_it():
    (change,) = changes_by(reading([], {"storm"}), {"storm": held("storm", 3)}, ISSUED)
    assert change.change is Change.END


def test_r18_a_retraction_withdraws_everything_of_its_unit():
    states = {"storm": held("storm", 3), "snowstorm": held("snowstorm", 2)}
    changes = changes_by(reading([], {"storm", "snowstorm"}, InfoType.RETRACTION), states, ISSUED)
    assert [(change.hazard, change.change) for change in changes] == [
        ("snowstorm", Change.RETRACT),
        ("storm", Change.RETRACT),
    ]


def after(kind_before: int, kind_now: int) -> HazardState | None:
    (change,) = changes_by(
        reading([notice("storm", kind_now)], {"storm"}), {"storm": held("storm", kind_before)}, ISSUED
    )
    return state_after(change, Saying("u", "u", "t1", ISSUED + timedelta(hours=3)), "a0")


def test_since_is_when_the_kind_began_not_when_it_was_last_said():
    state = after(3, 3)
    assert state is not None
    assert (state.since, state.issued_at, state.details) == (ISSUED, ISSUED + timedelta(hours=3), ("until noon",))


def test_a_raised_kind_has_been_in_force_since_it_was_raised():
    state = after(3, 4)
    assert state is not None
    assert (state.since, state.rank) == (ISSUED + timedelta(hours=3), 4)


times = st.tuples(st.integers(0, 3).map(lambda h: ISSUED + timedelta(hours=h)), st.sampled_from("abc"))


@given(st.lists(times, min_size=1))
def test_every_order_of_arrival_ends_with_the_same_newest_telegram(arrivals):
    last: tuple[datetime, str] | None = None
    for issued_at, telegram_id in arrivals:
        if is_newer(issued_at, telegram_id, last):
            last = issued_at, telegram_id
    assert last == max(arrivals)
