"""R1: a world takes no sender of the other one, not even where the sender itself was made rightly."""

from dataclasses import replace

import pytest

from alerts.ports import DRILL_CHANNEL, LIVE_CHANNEL, NO_CHANNEL
from alerts.world import WorldMismatchError
from workers.fcm.none import NoSender


class Labelled(NoSender):
    """A sender of any channel."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    @property
    def channel(self) -> str:
        return self._channel


@pytest.mark.parametrize("channel", [DRILL_CHANNEL, "pager"])
def test_r1_the_live_world_takes_neither_a_drill_sender_nor_one_it_does_not_know(live, channel):
    """Residents would be recorded as told by a server that reaches nobody."""
    with pytest.raises(WorldMismatchError, match=f"{channel} in the live world"):
        replace(live, sender=Labelled(channel))


@pytest.mark.parametrize("channel", [LIVE_CHANNEL, "pager"])
def test_r1_a_drill_world_takes_neither_the_live_sender_nor_one_it_does_not_know(drill, channel):
    with pytest.raises(WorldMismatchError, match=f"{channel} in the drill world"):
        replace(drill, sender=Labelled(channel))


def test_r1_each_world_takes_its_own_sender_and_one_that_sends_nothing(live, drill):
    for channel in (LIVE_CHANNEL, NO_CHANNEL):
        assert replace(live, sender=Labelled(channel)).sender.channel == channel
    for channel in (DRILL_CHANNEL, NO_CHANNEL):
        assert replace(drill, sender=Labelled(channel)).sender.channel == channel
