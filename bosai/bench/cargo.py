"""What the push benches send: one warning in two languages' worth of bytes, to tokens as long as FCM's."""

from datetime import UTC, datetime, timedelta

from alerts.alert import Change, Urgency
from alerts.ports import Address, Platform, PushJob, PushTarget
from alerts.wording.message import PhoneMessage

TOKEN_LENGTH = 163  # characters (push.md §3)
WARM_UP = 0  # the revision of what is sent before anything is measured
MEASURED = 1


def message(revision: int) -> PhoneMessage:
    """A level 4 warning for the drill world, as long as real ones."""
    now = datetime.now(UTC)
    return PhoneMessage(
        alert_id="a000000000000000000000000",
        revision=revision,
        change=Change.ISSUE,
        hazard="landslide",
        code="49",
        level=4,
        urgency=Urgency.CRITICAL,
        language="ja",
        title="【訓練】警戒レベル４相当　土砂災害危険警報",
        body="土砂災害警戒区域に近いため、あなたの地区に先にお知らせします。市の避難情報を確かめてください。",
        drill=True,
        issued_at=now,
        expires_at=now + timedelta(hours=6),
    )


def jobs(devices: int, revision: int) -> list[PushJob]:
    """One message for `devices` phones, half of each platform."""
    text = message(revision)
    platforms = (Platform.ANDROID, Platform.IOS)
    return [
        PushJob(text, platform, [PushTarget(n, _address(n)) for n in range(place, devices, len(platforms))])
        for place, platform in enumerate(platforms)
    ]


def _address(number: int) -> Address:
    return Address("token", f"bench-{number:08d}:".ljust(TOKEN_LENGTH, "x"))
