"""A revision reaches the list by mail and webhook, in the words that phones get, in order, and once (R15, R21, R29)."""

import base64
import hashlib
import hmac
import json

import pytest

from alerts.alert import Urgency
from alerts.channel.letter import Outcome
from alerts.service.channels.results import results
from alerts.service.channels.roll import renew_secret, try_out
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType, Status

LANDSLIDE_4 = Stated("49")


def test_a_warning_reaches_the_list_by_mail_and_webhook_and_every_channel_shows_it(
    enlist, jma, tell, mailbox, hooks, outcomes, live
):
    enlist("email")
    enlist("webhook")
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    assert tell() == 2
    assert tell() == 0
    assert [to for to, _ in mailbox.mails] == [["shobo@example.jp"]]
    assert len(hooks.at("/hook")) == 1
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED, Outcome.ACCEPTED]}
    (found,) = results(live, revision.alert_id)
    assert found.by_channel["email"] == found.by_channel["webhook"] == {"accepted": 1}


def test_a_webhook_can_be_checked_with_nothing_but_its_secret(enlist, jma, tell, hooks, clock):
    _, secret = enlist()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    (request,) = hooks.taken
    sent = request.headers
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode() + request.body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert sent["webhook-signature"].split() == [f"v1,{wanted}"]
    assert int(sent["webhook-timestamp"]) == int(clock.now().timestamp())
    said = json.loads(request.body)
    assert said["type"] == "alert.issue"
    data = said["data"]
    assert (data["alert_id"], data["revision"], data["level"]) == (revision.alert_id, 1, 4)
    assert (data["world"], data["status"], data["drill"], data["replayed"]) == ("live", "Actual", False, False)
    assert "土砂災害" in data["texts"][0]["title"]
    assert data["issued_at"].endswith("+09:00")


def test_a_mail_is_japanese_plain_text_that_programs_know(enlist, jma, tell, mailbox):
    subscriber, _ = enlist("email", languages=("ja", "en"))
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    ((_, mail),) = mailbox.mails
    assert "土砂災害" in mail["Subject"]
    assert "【訓練】" not in mail["Subject"]
    assert str(mail["From"]) == "見本市 防災情報 <bosai@city.example.jp>"
    assert mail["Message-ID"] == f"<{revision.alert_id}_1.{subscriber.id}@city.example.jp>"
    assert mail["List-Id"] == "<bosai.city.example.jp>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (mail["Importance"], mail["In-Reply-To"]) == ("high", None)
    text = mail.get_content()
    assert mail.get_content_type() == "text/plain"
    for part in ("警戒レベル４相当", "発表：2026年9月1日 12時00分", "出典：気象庁", "Landslide"):
        assert part.lower() in text.lower()


def test_what_follows_stands_below_what_it_follows(enlist, jma, tell, mailbox, clock):
    subscriber, _ = enlist("email")
    (first,) = jma.send("VPWW56", Stated("29")).revisions
    tell()
    clock.forward(minutes=5)
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    clock.forward(minutes=60)
    jma.send("VPWW56")
    tell()
    ids = [f"<{first.alert_id}_{number}.{subscriber.id}@city.example.jp>" for number in (1, 2, 3)]
    assert [mail["Message-ID"] for _, mail in mailbox.mails] == ids
    assert [mail["In-Reply-To"] for _, mail in mailbox.mails] == [None, ids[0], ids[1]]
    assert mailbox.mails[2][1]["References"].split() == ids[:2]


def test_each_gets_a_mail_of_its_own_and_one_connection_serves_them(enlist, jma, tell, mailbox):
    for number in range(12):
        enlist("email", f"dan-{number}@example.jp", name=f"消防団{number}")
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    assert sorted(to for to, _ in mailbox.mails) == sorted([f"dan-{number}@example.jp"] for number in range(12))
    assert {mail["To"] for _, mail in mailbox.mails} == {f"dan-{number}@example.jp" for number in range(12)}
    assert len(mailbox.sessions) <= 4


def test_what_is_less_urgent_than_somebody_wants_is_not_told_and_its_end_neither(enlist, jma, tell, hooks, clock):
    enlist(address=hooks.url("/critical"), minimum=Urgency.CRITICAL)
    enlist(address=hooks.url("/all"), minimum=Urgency.NORMAL)
    jma.send("VPWW56", Stated("29"))
    tell()
    clock.forward(hours=1)
    jma.send("VPWW56")
    tell()
    assert len(hooks.at("/all")) == 2
    assert hooks.at("/critical") == []


@pytest.mark.parametrize("answers", [[], [500]], ids=["the rise was told", "the rise could not be sent"])
def test_a_fall_below_what_somebody_wants_is_told_to_whom_the_rise_was(enlist, jma, tell, hooks, clock, answers):
    enlist(minimum=Urgency.CRITICAL)
    hooks.answers["/hook"] = answers
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    clock.forward(hours=1)
    jma.send("VPWW56", Stated("09"))
    tell()
    assert [json.loads(one.body)["type"] for one in hooks.taken] == ["alert.issue", "alert.lower"]


def test_r5_a_correction_an_end_and_a_retraction_go_only_to_whom_something_reached(
    enlist, jma, tell, hooks, clock, outcomes
):
    enlist(address=hooks.url("/good"))
    enlist(address=hooks.url("/bad"))
    hooks.always["/bad"] = 400
    (first,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    clock.forward(hours=1)
    enlist(address=hooks.url("/new"))
    jma.send("VPWW56", info_type=InfoType.RETRACTION)
    tell()
    assert [json.loads(one.body)["type"] for one in hooks.at("/good")] == ["alert.issue", "alert.retract"]
    assert len(hooks.at("/bad")) == 1
    assert hooks.at("/new") == []
    found = {revision: set(of) for revision, of in outcomes(first.alert_id).items()}
    assert found == {1: {Outcome.ACCEPTED, Outcome.REJECTED}, 2: {Outcome.ACCEPTED}}


def test_only_districts_of_a_subscriber_concern_it(enlist, live):
    with pytest.raises(ValueError, match="no-such-place is not a district"):
        enlist(districts=frozenset({"no-such-place"}))
    subscriber, _ = enlist(districts=frozenset({live.pack.districts[0].id}))
    assert subscriber.districts == {live.pack.districts[0].id}


def test_the_same_address_is_listed_once(enlist):
    enlist("email")
    with pytest.raises(ValueError, match="on the list already"):
        enlist("email")


def signatures(secret, request):
    sent = request.headers
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode() + request.body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def test_a_receiver_changes_over_to_a_new_secret_without_a_gap(enlist, live, hooks, clock):
    subscriber, first = enlist()
    second = renew_secret(live, subscriber.id)
    try_out(live, subscriber.id)
    clock.forward(days=1)
    try_out(live, subscriber.id)
    third = renew_secret(live, subscriber.id, both_hold=False)
    try_out(live, subscriber.id)
    holding = [[second, first], [second], [third]]
    for request, secrets in zip(hooks.taken, holding, strict=True):
        assert request.headers["webhook-signature"].split(" ") == [signatures(one, request) for one in secrets]


def test_nothing_of_an_address_or_a_secret_can_be_read_in_the_database(enlist, live, hooks):
    subscriber, secret = enlist()
    with live.database.read() as uow:
        sealed = uow.subscribers.target(subscriber.id)
    stored = sealed.address_cipher + sealed.secret_cipher + sealed.address_fingerprint.encode()
    assert hooks.url("/hook").encode() not in stored
    assert secret.encode() not in stored


def test_an_exercise_of_jma_tells_the_live_list_nothing(enlist, jma, tell, hooks):
    enlist()
    jma.send("VPWW56", LANDSLIDE_4, status=Status.EXERCISE)
    assert tell() == 0
    assert hooks.taken == []
