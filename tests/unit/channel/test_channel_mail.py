"""A letter as an e-mail, and as the JSON of a webhook."""

import email
import email.policy
import json
from email.headerregistry import Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.alert import Urgency
from alerts.channel.letter import Place, Said
from alerts.channel.subscriber import Target
from workers.channels.event import event
from workers.channels.mail import mail
from workers.channels.signature import headers, signature

SENDER = Address("見本市 防災情報", "bosai", "city.example.jp")


def read(letter):
    """As it arrives."""
    raw = mail(letter, SENDER).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return email.message_from_bytes(raw, policy=email.policy.default)


@settings(max_examples=40)
@given(title=st.text(), body=st.text())
def test_no_text_breaks_a_header_or_is_lost(letter, title, body):
    got = read(letter(said=(Said("ja", title, body),)))
    known = {"From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress"}
    known |= {
        "Importance",
        "X-Priority",
        "Content-Language",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert set(got.keys()) == known
    assert got["To"] == "shobo@example.jp"


def test_a_mail_says_when_where_and_who(letter):
    named = Place("見本市", tuple((f"d{number}", f"{number}丁目") for number in range(23)))
    text = read(letter(place=named)).get_content()
    assert "発表：2026年9月1日 12時00分" in text
    assert "対象：0丁目、1丁目、" in text
    assert "ほか3地区" in text
    assert "出典：気象庁" in text
    assert "対象：見本市全域" in read(letter()).get_content()


@pytest.mark.parametrize(
    ("urgency", "said"), [(Urgency.CRITICAL, "high"), (Urgency.HIGH, "high"), (Urgency.NORMAL, None)]
)
def test_only_what_is_urgent_calls_itself_important(letter, urgency, said):
    assert read(letter(urgency=urgency))["Importance"] == said


def test_an_address_with_a_line_break_is_no_mail(letter):
    with pytest.raises(ValueError, match=r"newline|linefeed|CR or LF"):
        mail(letter(target=Target("a@example.jp\nBcc: b@example.jp")), SENDER)


def test_the_signature_is_that_of_standard_webhooks():
    """The scheme's own published vector."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    known = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == known
    sent = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert sent["webhook-signature"] == f"v1,{known}"
    assert sent["webhook-timestamp"] == "1614265330"


def test_a_secret_that_is_none_signs_nothing():
    with pytest.raises(ValueError, match="not base64"):
        headers(["whsec_***"], "msg_1", 1, b"{}")


def test_an_event_is_the_same_bytes_at_every_try_and_holds_no_address(letter):
    first = event(letter())
    assert first == event(letter())
    assert b"shobo@example.jp" not in first
    assert b"whsec" not in first
    data = json.loads(first)["data"]
    assert (data["source"], data["districts"], data["change"]) == ("jma", None, "issue")


def test_an_event_of_the_office_names_no_telegram(letter, revision):
    data = json.loads(event(letter(revision=revision(telegram_id=None), place=Place("見本市", (("d1", "一丁目"),)))))[
        "data"
    ]
    assert (data["source"], data["telegram"]) == ("office", None)
    assert data["districts"] == [{"id": "d1", "name": "一丁目"}]
