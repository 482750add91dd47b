"""One child process of `bosai serve`: started tied to its parent, its output prefixed, restarted with back-off."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

TETHER = Path(__file__).with_name("tether.py")
BACKOFF_SECONDS = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)  # the first restart is at once: a chunk waits for it (design.md §6)
STEADY_SECONDS = 60.0  # who lived so long starts with the shortest wait again

Say = Callable[[str, str], None]  # (part, line)


@dataclass(frozen=True, slots=True)
class Part:
    """What to run: its name is the prefix of its log lines and the name in the ledger."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    drain_seconds: float = 10.0  # how long it may take to finish its work when asked to end


class Child:
    """A part and the process that runs it now, if one does."""

    def __init__(self, part: Part, say: Say, *, once: bool = False) -> None:
        """`once`: it ends by itself when its work is done, and is not started again."""
        self.part = part
        self._once = once
        self._say = say
        self._process: subprocess.Popen[str] | None = None
        self._started = 0.0
        self._failures = 0
        self._start_at = 0.0
        self._pump: Thread | None = None

    @property
    def pid(self) -> int | None:
        """Process number of the running process, None between two."""
        return self._process.pid if self._process else None

    def is_running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the process in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""
        self._process = subprocess.Popen(
            (sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *self.part.command),
            env=dict(self.part.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            errors="replace",
        )
        self._started = time.monotonic()
        self._pump = Thread(target=self._forward, args=(self._process.stdout,), daemon=True)
        self._pump.start()

    def tend(self) -> bool:
        """Restarts the process if it ended and its wait is over; True if it was started now."""
        if self.is_running():
            return False
        if self._process is not None:
            self._bury(self._process)
        if self._once or time.monotonic() < self._start_at:
            return False
        self.start()
        return True

    def ask_to_end(self) -> None:
        """SIGTERM: finish what is under way, then end."""
        self._signal(signal.SIGTERM)

    def wait(self, seconds: float) -> bool:
        """Whether the process ended within `seconds`."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._sweep(self._process)
        return True

    def kill(self) -> None:
        """SIGKILL to the process and everything it started."""
        if self._process is not None:
            self._sweep(self._process)
            self._process.wait()

    def _bury(self, process: subprocess.Popen[str]) -> None:
        """Notes the end, ends what the process left behind, and sets the wait before the next start."""
        self._sweep(process)
        self._process = None
        if self._once:
            return
        lived = time.monotonic() - self._started
        self._failures = 0 if lived >= STEADY_SECONDS else self._failures
        pause = BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]
        self._failures += 1
        self._start_at = time.monotonic() + pause
        end = ending(process.returncode)
        self._say(self.part.name, f"ended ({end}) after {lived:.0f} s; starts again in {pause:.0f} s")

    def _sweep(self, process: subprocess.Popen[str]) -> None:
        """Kills the process group: a dead worker's pool processes go with it."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self.is_running():
            self._process.send_signal(number)

    def _forward(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                if not line.isspace():
                    self._say(self.part.name, line.rstrip("\n"))


def ending(code: int) -> str:
    """How a process ended, in words: `exit status 3`, `killed by SIGKILL`."""
    return f"exit status {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
