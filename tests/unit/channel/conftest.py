"""Revisions and subscribers made by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.channel.letter import Letter, Place, Said
from alerts.channel.subscriber import Channel, Subscriber, Target
from alerts.world import LIVE

NOON = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def revision():
    def make(**of):
        values = {
            "alert_id": "a1",
            "number": 1,
            "change": Change.ISSUE,
            "hazard": "landslide",
            "code": "49",
            "level": 4,
            "rank": 4,
            "name": "レベル４土砂災害危険警報",
            "urgency": Urgency.CRITICAL,
            "scope": Scope.EVERYONE,
            "tiers": (Tier(None),),
            "details": (),
            "telegram_id": "t1",
            "issued_at": NOON,
            "created_at": NOON,
            "expires_at": NOON + timedelta(hours=6),
            "pushed": True,
            "reason": "",
        }
        return Revision(**values | of)

    return make


@pytest.fixture(scope="session")
def subscriber():
    def make(**of):
        values = {
            "id": "s1",
            "world": LIVE,
            "channel": Channel.WEBHOOK,
            "name": "消防本部",
            "languages": ("ja",),
            "minimum": Urgency.HIGH,
            "districts": frozenset(),
            "created_at": NOON,
        }
        return Subscriber(**values | of)

    return make


@pytest.fixture(scope="session")
def letter(revision, subscriber):
    def make(**of):
        values = {
            "id": "a1_1",
            "subscriber": subscriber(),
            "target": Target("shobo@example.jp", ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",)),
            "said": (Said("ja", "見本市 土砂災害危険警報", "避難してください。"),),
            "urgency": Urgency.CRITICAL,
            "place": Place("見本市", None),
            "at": NOON,
            "revision": revision(),
        }
        return Letter(**values | of)

    return make
