"""Several telegrams of one unit in one poll: what is over is told also where a newer one only repeats that (R27)."""

import pytest

from alerts.service.receive import receive
from alerts.service.settle import settle
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType

SLIDE = "VPWW56"
L2, L3, OVER = Stated("29"), Stated("09"), Stated("09", "解除", "09")


@pytest.fixture
def poll(live, jma, clock):
    """Receives the telegrams of one poll, an hour after the one before; returns what residents are told by it."""

    def poll(*said):
        clock.forward(hours=1)
        telegrams = []
        for stated, info_type in said:
            clock.forward(seconds=20)
            telegrams.append(jma.telegram(SLIDE, stated, info_type=info_type))
        made = [one for received in receive(live, telegrams) for one in received.revisions]
        clock.forward(seconds=10)
        return [(one.change.value, one.level) for one in (*made, *settle(live)) if one.pushed]

    return poll


def issued(*stated):
    return list(stated) or None, InfoType.ISSUE


RETRACTED = (None, InfoType.RETRACTION)


@pytest.mark.parametrize(("over", "told"), [(issued(OVER), "end"), (RETRACTED, "retract")])
def test_r27_an_end_is_told_though_a_newer_telegram_came_with_it(poll, over, told):
    assert poll(issued(L3)) == [("issue", 3)]
    assert poll(over, issued()) == [(told, 3)]
    assert poll(issued()) == []


@pytest.mark.parametrize("over", [issued(OVER), RETRACTED])
def test_r15_what_came_back_in_the_same_poll_rings_nobody_again(live, poll, over):
    poll(issued(L3))
    assert poll(over, issued(L3)) == []
    assert poll(over, issued(L2)) == [("lower", 2)]
    with live.database.read() as uow:
        assert len(uow.alerts.recent(10)) == 1
