"""The table of transitions (R18, R19)."""

import pytest

from alerts.alert import TRANSITIONS, AlertState, Change, TransitionError, Urgency, most_urgent, next_state


def test_only_what_the_table_holds_is_allowed():
    states = [None, *AlertState]
    for state in states:
        for change in Change:
            if (state, change) in TRANSITIONS:
                assert next_state(state, change) is TRANSITIONS[state, change]
            else:
                with pytest.raises(TransitionError, match=change):
                    next_state(state, change)


@pytest.mark.parametrize("over", [AlertState.ENDED, AlertState.RETRACTED])
def test_r19_what_is_over_never_comes_back(over):
    assert not [change for (state, change) in TRANSITIONS if state is over]


def test_r18_an_end_needs_an_alert_in_force():
    with pytest.raises(TransitionError, match="not issued cannot end"):
        next_state(None, Change.END)


def test_the_more_urgent_one_wins():
    assert most_urgent(Urgency.NORMAL, Urgency.CRITICAL, Urgency.NONE) is Urgency.CRITICAL
