"""The sender of a service without a Firebase key."""

from collections.abc import Callable
from datetime import UTC, datetime

from alerts.ports import Address, Platform, PushJob, PushOutcome, PushResult, PushSender, PushTarget
from alerts.wording.message import PhoneMessage
from workers.fcm.none import NoSender


class StoppedClock:
    def now(self) -> datetime:
        return datetime(2026, 6, 30, tzinfo=UTC)


def test_without_a_key_every_device_is_reported_once_and_never_as_accepted(
    message_of: Callable[..., PhoneMessage],
) -> None:
    sender: PushSender = NoSender()
    targets = [PushTarget(number, Address("token", "t")) for number in range(1201)]
    reported: list[PushOutcome] = []
    jobs = [PushJob(message_of(), Platform.ANDROID, targets[:700]), PushJob(message_of(), Platform.IOS, targets[700:])]
    sender.send(jobs, StoppedClock(), reported.extend)
    sender.close()
    assert [outcome.device for outcome in reported] == list(range(1201))
    assert {outcome.result for outcome in reported} == {PushResult.NOT_SENT_NO_SENDER}
    assert sender.channel == "none"
