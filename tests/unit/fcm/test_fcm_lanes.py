"""Which lane takes a message (design.md §4, R5)."""

from collections.abc import Callable

import pytest

from alerts.alert import Change, Urgency
from alerts.wording.message import PhoneMessage
from workers.fcm.lanes import WITHDRAWALS, lanes


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("change", Change)
def test_r5_what_changes_or_ends_what_was_told_goes_at_once(
    message_of: Callable[..., PhoneMessage], urgency: Urgency, change: Change
) -> None:
    lane = next(lane for lane in lanes() if lane.is_for(message_of(urgency=urgency, change=change)))
    assert lane.urgency is urgency
    assert lane.at_once == (change not in {Change.ISSUE, Change.RAISE})
    assert lane.at_once == (change in WITHDRAWALS)


def test_what_is_more_urgent_comes_first_and_of_one_urgency_what_goes_at_once() -> None:
    order = [(list(Urgency).index(lane.urgency), not lane.at_once) for lane in lanes()]
    assert order == sorted(order)
