"""R1: a drill tells its own list, marked, and no way leads from it to the live list."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from alerts.alert import Urgency
from alerts.channel.letter import Letter, Place, Said
from alerts.channel.subscriber import Channel, Subscriber, Target
from alerts.service.arrival import Incoming
from alerts.service.channels.roll import try_out
from alerts.service.receive import receive
from alerts.store.tables import subscribers
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.world import DRILL, LIVE, WorldMismatchError


def rehearse(drill):
    codes, now = drill.pack.codes, drill.clock.now()
    raw = compose_warning("VPWW56", lone_city(codes, "大阪管区気象台"), {codes.municipality: [Stated("49")]}, now)
    (received,) = receive(drill, [Incoming("drill:1", f"{now:%Y%m%d%H%M%S}_0_VPWW56_270000.xml", raw, now)])
    return received.revisions


def test_r1_a_drill_tells_its_own_list_and_says_that_it_is_one(enlist, drill, tell, mailbox, hooks):
    enlist("email", "live@example.jp")
    enlist("webhook", hooks.url("/live"))
    enlist("email", "drill@example.jp", drill, languages=("ja", "en"))
    enlist("webhook", hooks.url("/drill"), drill)
    assert rehearse(drill)
    assert tell() == 0
    assert tell(drill) == 2
    ((to, mail),) = mailbox.mails
    assert to == ["drill@example.jp"]
    assert mail["Subject"].startswith("【訓練】")
    assert mail["List-Id"] == "<bosai-drill.city.example.jp>"
    assert "これは訓練です" in mail.get_content()
    (request,) = hooks.taken
    said = json.loads(request.body)["data"]
    assert request.path == "/drill"
    assert (said["world"], said["status"], said["drill"]) == ("drill", "Exercise", True)
    assert said["texts"][0]["title"].startswith("【訓練】")


def test_r1_a_row_of_the_live_list_in_the_drills_database_is_told_nothing(enlist, drill, tell, hooks, caplog):
    """The database alone does not decide: whoever copies a live list into a drill reaches nobody by it."""
    copied, _ = enlist("webhook", hooks.url("/live"), drill)
    enlist("webhook", hooks.url("/drill"), drill)
    with drill.database.write() as uow:
        row = update(subscribers).where(subscribers.c.id == copied.id)
        uow.connection.execute(row.values(world="live"))
    assert rehearse(drill)
    tell(drill)
    assert [one.path for one in hooks.taken] == ["/drill"]
    assert "(R1)" in caplog.text


def test_r1_a_world_takes_no_sender_of_the_other(live, drill):
    for channel in Channel:
        with pytest.raises(WorldMismatchError, match="drill world in the live world"):
            replace(live, channels={channel: drill.channels[channel]})
        with pytest.raises(WorldMismatchError, match="live world in the drill world"):
            replace(drill, channels={channel: live.channels[channel]})


@pytest.mark.parametrize("channel", Channel)
def test_r1_a_sender_takes_no_letter_of_the_other_world(live, drill, channel, mailbox, hooks):
    """Also where every other guard is gone."""
    for services, other in ((live, DRILL), (drill, LIVE)):
        address = "shobo@example.jp" if channel is Channel.EMAIL else hooks.url("/hook")
        at = datetime(2026, 9, 1, tzinfo=UTC)
        somebody = Subscriber("s1", other, channel, "消防本部", ("ja",), Urgency.HIGH, frozenset(), at)
        said = (Said("ja", "題", "文"),)
        letter = Letter(
            "a_1", somebody, Target(address, ("whsec_AAAA",)), said, Urgency.HIGH, Place("見本市", None), at
        )
        with pytest.raises(WorldMismatchError, match="R1"):
            services.channels[channel].send(letter)
    assert (mailbox.mails, hooks.taken) == ([], [])


def test_r4_a_test_of_the_way_says_that_it_is_one_and_reaches_one(enlist, live, drill, mailbox, hooks):
    one, _ = enlist("email")
    enlist("email", "other@example.jp")
    hook, _ = enlist("webhook", services=drill)
    assert try_out(live, one.id).taken == "accepted"
    assert try_out(drill, hook.id).taken == "accepted"
    ((to, mail),) = mailbox.mails
    assert to == ["shobo@example.jp"]
    assert mail["Subject"].startswith("【配信試験】")
    assert "災害に関する情報ではありません" in mail.get_content()
    said = json.loads(hooks.taken[0].body)
    assert (said["type"], said["data"]["status"]) == ("channel.test", "Test")
    assert said["data"]["texts"][0]["title"].startswith("【訓練】【配信試験】")
