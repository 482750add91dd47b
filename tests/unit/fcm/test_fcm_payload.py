"""What a phone is sent."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Urgency
from alerts.folding import COLLAPSE_KEYS, collapse_key
from alerts.ports import Address, Platform
from alerts.wording.message import PhoneMessage
from workers.fcm.payload import MAX_PAYLOAD, Template, UnsendableMessageError, encode, sdk_message

NOW = datetime(2026, 6, 30, 18, 5, 10, 700_000, tzinfo=UTC)
TOKEN = Address("token", "dk3:APA91bE-_x")
Build = Callable[..., PhoneMessage]


def sent(message: PhoneMessage, platform: Platform, address: Address = TOKEN, **options: bool) -> dict:
    return json.loads(encode(message, platform, NOW, **options).addressed(address))["message"]


def test_a_critical_android_message_wakes_the_phone_on_the_emergency_channel(message_of: Build) -> None:
    android = sent(message_of(), Platform.ANDROID)["android"]
    assert android["priority"] == "high"
    assert android["notification"]["channel_id"] == "bosai_critical"
    assert android["notification"]["notification_priority"] == "PRIORITY_MAX"
    assert android["notification"]["visibility"] == "PUBLIC"


@pytest.mark.parametrize(
    ("urgency", "channel", "level"),
    [
        (Urgency.CRITICAL, "bosai_critical", "time-sensitive"),
        (Urgency.HIGH, "bosai_high", "time-sensitive"),
        (Urgency.NORMAL, "bosai_normal", "active"),
    ],
)
def test_each_urgency_has_its_channel_and_its_interruption_level(
    message_of: Build, urgency: Urgency, channel: str, level: str
) -> None:
    message = message_of(urgency=urgency)
    assert sent(message, Platform.ANDROID)["android"]["notification"]["channel_id"] == channel
    assert sent(message, Platform.IOS)["apns"]["payload"]["aps"] == {"sound": "default", "interruption-level": level}


def test_with_apples_entitlement_only_critical_pierces_silent_mode(message_of: Build) -> None:
    critical = sent(message_of(), Platform.IOS, critical_entitlement=True)["apns"]["payload"]["aps"]
    high = sent(message_of(urgency=Urgency.HIGH), Platform.IOS, critical_entitlement=True)["apns"]["payload"]["aps"]
    assert critical["interruption-level"] == "critical"
    assert critical["sound"] == {"name": "default", "critical": 1, "volume": 1.0}
    assert high == {"sound": "default", "interruption-level": "time-sensitive"}


def test_r14_what_stands_beside_a_ring_is_shown_without_a_sound(message_of: Build) -> None:
    message = message_of(urgency=Urgency.HIGH, silent=True)
    android = sent(message, Platform.ANDROID)["android"]["notification"]
    assert (android["channel_id"], android["notification_priority"]) == ("bosai_silent", "PRIORITY_LOW")
    assert "default_sound" not in android or android["default_sound"] is False
    assert sent(message, Platform.ANDROID)["android"]["priority"] == "high"
    for entitled in (False, True):
        apple = sent(message, Platform.IOS, critical_entitlement=entitled)["apns"]["payload"]["aps"]
        assert apple == {"interruption-level": "passive"}
    assert (sent(message, Platform.IOS)["data"]["silent"], sent(message, Platform.IOS)["data"]["urgency"]) == (
        "true",
        "high",
    )


def test_r15_every_revision_of_an_alert_replaces_the_one_on_the_phone(message_of: Build) -> None:
    first, second = message_of(revision=1, change=Change.ISSUE), message_of(revision=2)
    for message in (first, second):
        assert sent(message, Platform.ANDROID)["android"]["notification"]["tag"] == first.alert_id
        assert sent(message, Platform.IOS)["apns"]["headers"]["apns-collapse-id"] == first.alert_id


def test_r22_a_push_lives_until_it_expires_and_not_a_second_longer(message_of: Build) -> None:
    message = message_of(expires_at=NOW + timedelta(hours=6))
    assert sent(message, Platform.ANDROID)["android"]["ttl"] == "21600s"
    assert sent(message, Platform.IOS)["apns"]["headers"]["apns-expiration"] == str(int(message.expires_at.timestamp()))


@given(left=st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=2)))
def test_r22_the_time_to_live_never_outlives_the_deadline(left: timedelta) -> None:
    message = PhoneMessage(
        "a", 1, Change.ISSUE, "heat", "alert", None, Urgency.NORMAL, "en", "t", "b", False, NOW, NOW + left
    )
    ttl = int(sent(message, Platform.ANDROID)["android"]["ttl"].removesuffix("s"))
    assert 0 <= ttl <= max(left.total_seconds(), 0)


def test_a_browser_is_woken_for_warnings_and_keeps_one_notification_an_alert(message_of: Build) -> None:
    first, second = (sent(message_of(revision=n), Platform.WEB)["webpush"] for n in (1, 2))
    assert (first["headers"]["TTL"], first["headers"]["Urgency"]) == ("21589", "high")
    assert first["headers"]["Topic"] == second["headers"]["Topic"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", first["headers"]["Topic"])
    other = sent(message_of(alert_id="another"), Platform.WEB)["webpush"]
    assert other["headers"]["Topic"] != first["headers"]["Topic"]
    assert first["notification"] == {
        "tag": "a-20260630-landslide-1",
        "renotify": True,
        "silent": False,
        "requireInteraction": True,
        "lang": "ja",
    }
    advisory = sent(message_of(urgency=Urgency.NORMAL), Platform.WEB)["webpush"]
    assert advisory["headers"]["Urgency"] == "normal"
    assert advisory["notification"]["requireInteraction"] is False


def test_r14_a_browser_shows_in_silence_what_stands_beside_a_ring(message_of: Build) -> None:
    shown = sent(message_of(silent=True), Platform.WEB)["webpush"]["notification"]
    assert (shown["silent"], shown["renotify"]) == (True, False), "a browser refuses one that is silent and renotifies"


def test_the_data_lets_the_app_draw_its_own_screen_in_strings_only(message_of: Build) -> None:
    assert sent(message_of(), Platform.ANDROID)["data"] == {
        "alert_id": "a-20260630-landslide-1",
        "revision": "3",
        "hazard": "landslide",
        "code": "29",
        "level": "4",
        "change": "raise",
        "urgency": "critical",
        "places": "",
        "follows": "",
        "digest": "",
        "silent": "false",
        "drill": "false",
        "issued_at": "2026-07-01T03:05:00+09:00",
        "expires_at": "2026-07-01T09:05:00+09:00",
    }
    without_level = sent(message_of(level=None, drill=True), Platform.IOS)["data"]
    assert (without_level["level"], without_level["drill"]) == ("", "true")


def test_each_platform_gets_its_own_part_only(message_of: Build) -> None:
    own = {Platform.ANDROID: "android", Platform.IOS: "apns", Platform.WEB: "webpush"}
    for platform, part in own.items():
        assert set(own.values()) & set(sent(message_of(), platform)) == {part}


def test_apple_is_told_that_it_is_an_alert_to_be_shown_at_once(message_of: Build) -> None:
    headers = sent(message_of(), Platform.IOS)["apns"]["headers"]
    assert (headers["apns-push-type"], headers["apns-priority"]) == ("alert", "10")


@pytest.mark.parametrize("kind", ["token", "fid"])
@pytest.mark.parametrize("platform", list(Platform))
def test_the_spliced_body_is_the_message_that_the_sdk_encodes(message_of: Build, kind: str, platform: Platform) -> None:
    address = Address(kind, 'odd "token"\\ 日本 \u2028')
    ours = sent(message_of(), platform, address, critical_entitlement=True)
    theirs = json.loads(str(sdk_message(message_of(), platform, address, NOW, critical_entitlement=True)))
    assert ours == theirs
    assert ours[kind] == address.value


@given(value=st.text(min_size=1), body=st.text())
def test_any_address_and_any_text_arrive_as_they_are(value: str, body: str) -> None:
    message = PhoneMessage(
        "a", 1, Change.ISSUE, "heat", "alert", None, Urgency.NORMAL, "en", '"token":"@"', body[:300], False, NOW, NOW
    )
    arrived = sent(message, Platform.ANDROID, Address("token", value))
    assert arrived["token"] == value
    assert arrived["notification"]["title"] == '"token":"@"'
    assert arrived["notification"].get("body", "") == body[:300]


@pytest.mark.parametrize("platform", list(Platform))
@pytest.mark.parametrize("kind", ["token", "fid"])
def test_the_longest_text_with_the_longest_address_stays_below_4096_bytes(
    message_of: Build, platform: Platform, kind: str
) -> None:
    longest = message_of(
        title="【訓練】" + "警" * 36, body="避" * 180, alert_id="a" * 64, hazard="linear_rainband_imminent"
    )
    body = encode(longest, platform, NOW, critical_entitlement=True).addressed(Address(kind, "x" * 398))
    assert len(body) < MAX_PAYLOAD
    doubled = message_of(body="\U0001f3d4" * 360)  # four bytes each: as long as 480 kanji
    assert len(encode(doubled, platform, NOW).addressed(Address(kind, "x" * 398))) < MAX_PAYLOAD


def test_a_text_that_fcm_would_refuse_is_refused_with_what_to_do(message_of: Build) -> None:
    with pytest.raises(UnsendableMessageError, match=r"4096 in all: shorten the text"):
        encode(message_of(body="避" * 1200), Platform.ANDROID, NOW)


def test_an_alert_id_longer_than_apple_takes_is_refused(message_of: Build) -> None:
    with pytest.raises(UnsendableMessageError, match="longer than 64 bytes"):
        encode(message_of(alert_id="a" * 65), Platform.IOS, NOW)


def test_there_are_no_more_collapse_keys_than_fcm_keeps_for_a_phone() -> None:
    assert len(COLLAPSE_KEYS) <= 4
    assert {collapse_key(hazard) for hazard in ("landslide", "heavy_rain", "fog", "evacuation")} == COLLAPSE_KEYS


def test_r15_no_warning_is_folded_away_by_a_later_notice_for_a_phone_that_was_off(message_of: Build) -> None:
    for urgency in (Urgency.CRITICAL, Urgency.HIGH):
        for change in Change:
            warning = message_of(urgency=urgency, change=change, hazard="storm")
            assert "collapse_key" not in sent(warning, Platform.ANDROID)["android"]
    notice = message_of(urgency=Urgency.NORMAL, hazard="fog")
    assert sent(notice, Platform.ANDROID)["android"]["collapse_key"] == collapse_key("storm")


def test_the_citys_own_orders_are_never_folded_into_a_weather_message() -> None:
    assert collapse_key("a hazard that no telegram brings") == "city"


def test_a_template_is_used_again_for_every_device(message_of: Build) -> None:
    template = encode(message_of(), Platform.ANDROID, NOW)
    assert isinstance(template, Template)
    bodies = [json.loads(template.addressed(Address("token", f"t{n}"))) for n in range(3)]
    assert [body["message"].pop("token") for body in bodies] == ["t0", "t1", "t2"]
    assert bodies[0] == bodies[1] == bodies[2]
