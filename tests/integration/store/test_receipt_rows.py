"""What a phone confirms is kept once, and adds up for each revision, on both servers."""

from datetime import timedelta

from alerts.ports import PushResult
from alerts.receipt import Confirmed, Event, Receipt

NOBODY = Confirmed(0, None, None)


def receipt(town, event=Event.RECEIVED, alert_id="a1", **later):
    return Receipt(alert_id, 1, event, town.now + timedelta(**later))


def test_only_what_the_device_was_sent_can_be_confirmed(town, begun):
    town.start(begun(), 1)
    with town.database.read() as uow:
        assert uow.receipts.sent_to(1, ["a1", "a2"]) == {("a1", 1): town.now}
        assert uow.receipts.sent_to(2, ["a1"]) == {}


def test_the_first_word_of_each_kind_stays(town, begun):
    chunk = begun()
    town.start(chunk, 1)
    town.record(chunk, PushResult.ACCEPTED, 1)
    with town.database.write() as uow:
        uow.receipts.add(1, [receipt(town, seconds=2), receipt(town, seconds=3)])
        uow.receipts.add(1, [receipt(town, seconds=1), receipt(town, Event.OPENED, seconds=60)])
        uow.receipts.add(1, [])
    with town.database.read() as uow:
        (found,) = uow.receipts.reached("a1")
    at, opened = town.now + timedelta(seconds=2), town.now + timedelta(seconds=60)
    assert (found.received, found.opened) == (Confirmed(1, at, at), Confirmed(1, opened, opened))


def test_an_alert_counts_accepted_received_and_opened_with_their_first_and_last(town, begun):
    chunk = begun()
    town.start(chunk, 1, 2, 3, 4)
    town.record(chunk, PushResult.ACCEPTED, 1, 2, 3)
    town.record(chunk, PushResult.UNREGISTERED, 4)
    with town.database.write() as uow:
        for device in (1, 2):
            uow.receipts.add(device, [receipt(town, seconds=device)])
    with town.database.read() as uow:
        (found,) = uow.receipts.reached("a1")
        assert uow.receipts.reached("a2") == []
    assert found.accepted == Confirmed(3, town.now, town.now)
    first, last = (town.now + timedelta(seconds=seconds) for seconds in (1, 2))
    assert (found.received, found.opened) == (Confirmed(2, first, last), NOBODY)
