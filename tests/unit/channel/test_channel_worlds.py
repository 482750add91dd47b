"""R1: whatever a letter holds, a sender of the other world refuses it before anything leaves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Urgency
from alerts.channel.letter import Said
from alerts.channel.subscriber import Channel, same_world
from alerts.world import DRILL, LIVE, DrillWorld, LiveWorld, WorldMismatchError
from workers.channels.smtp import SmtpSender
from workers.channels.smtp_server import SmtpServer
from workers.channels.webhook import WebhookSender

NOBODY_LISTENS = "smtp://localhost:1"
SERVER = SmtpServer.of(NOBODY_LISTENS, "bosai@city.example.jp")
WORLDS = st.sampled_from([LIVE, DRILL])


@given(
    own=WORLDS,
    other=WORLDS,
    channel=st.sampled_from(Channel),
    urgency=st.sampled_from(Urgency),
    title=st.text(),
    replayed=st.booleans(),
)
def test_r1_no_letter_leaves_by_a_sender_of_the_other_world(letter, own, other, channel, urgency, title, replayed):
    sender = SmtpSender(own, SERVER) if channel is Channel.EMAIL else WebhookSender(own)
    somebody = replace(letter().subscriber, world=other, channel=channel)
    one = letter(subscriber=somebody, urgency=urgency, said=(Said("ja", title, ""),), replayed=replayed)
    if own != other:
        with pytest.raises(WorldMismatchError):
            sender.send(one)
    assert one.is_drill is (other == DRILL)


@given(own=WORLDS, other=WORLDS)
def test_r1_two_worlds_are_the_same_only_if_they_are(own, other):
    if own == other:
        same_world(own, other, "a letter")
    else:
        with pytest.raises(WorldMismatchError):
            same_world(own, other, "a letter")


def test_r1_a_drill_world_that_calls_itself_live_is_a_drill_world():
    with pytest.raises(WorldMismatchError):
        same_world(LiveWorld(), DrillWorld(name="live"), "a letter")  # type: ignore[arg-type]
