"""What docs/push-payload.md promises to app developers is what phones are sent, of every kind, on every platform."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from alerts.alert import Change, Urgency
from alerts.ports import Address, Platform
from alerts.telegram.kinds import all_kinds, levels_of
from alerts.wording.message import PhoneMessage
from workers.fcm.payload import encode
from workers.fcm.presentation import PRESENTATION

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads((DOCS / "push-payload.schema.json").read_text("utf-8"))
DOCUMENT = (DOCS / "push-payload.md").read_text("utf-8")
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
Build = Callable[..., PhoneMessage]


def data(message: PhoneMessage, platform: Platform) -> dict[str, str]:
    template = encode(message, platform, message.issued_at + timedelta(seconds=1))
    sent: dict[str, str] = json.loads(template.addressed(Address("token", "a-token")))["message"]["data"]
    return sent


def every_message(message_of: Build) -> Iterator[PhoneMessage]:
    for hazard, code in sorted(all_kinds()):
        for level in (None, *levels_of([hazard])):
            for change in Change:
                for drill in (False, True):
                    yield message_of(hazard=hazard, code=code, level=level, change=change, drill=drill)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_kind_of_push_is_as_the_schema_says(message_of: Build):
    messages = list(every_message(message_of))
    assert len(messages) > 1000
    for message in messages:
        VALID.validate(data(message, Platform.ANDROID))


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("urgency", PRESENTATION)
def test_on_every_platform_and_in_every_urgency(message_of: Build, platform: Platform, urgency: Urgency):
    VALID.validate(data(message_of(urgency=urgency, silent=True), platform))


def test_nothing_is_sent_that_is_not_described(message_of: Build):
    sent = data(message_of(), Platform.IOS).keys()
    assert sent == SCHEMA["properties"].keys()
    assert sent <= set(re.findall(r"`(\w+)`", DOCUMENT))


@pytest.mark.parametrize(
    "fault",
    [{"level": "6"}, {"revision": "0"}, {"drill": "no"}, {"issued_at": "2026-07-01T03:05:00Z"}, {"change": "update"}],
)
def test_the_schema_refuses_what_is_not_sent(message_of: Build, fault: dict[str, str]):
    assert not VALID.is_valid(data(message_of(), Platform.ANDROID) | fault)


def test_the_example_is_valid_and_every_channel_is_named():
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    VALID.validate(json.loads(example))
    assert {look.android_channel for look in PRESENTATION.values()} <= set(re.findall(r"`(\w+)`", DOCUMENT))
