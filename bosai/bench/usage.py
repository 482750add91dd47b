"""CPU time and memory of processes."""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

_MB = 1024 * 1024


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    """User and system time together; a process that has ended counts nothing."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def peak_rss_mb(process: psutil.Process) -> float:
    """The most memory a process ever had. Where the kernel does not tell its peak: what it has now."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():  # not getrusage: its peak is inherited from whoever started the process
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    return round(float(process.memory_info().rss) / _MB, 1)


WORKERS = ("celery", "workers.fcm.apart")
"""Parts of the command lines of workers and of the processes that send for them (decision 21)."""


def family(*parts: str) -> list[psutil.Process]:
    """Our children, theirs, and so on, whose command line contains one of these."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if any(part in word for word in process.cmdline() for part in parts):
                found.append(process)
    return found


class Meter:
    """Seconds and CPU seconds of this process from the beginning to the end of a `with` block."""

    def __enter__(self) -> Self:
        self._cpu = time.process_time()
        self._began = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = time.perf_counter() - self._began
        self.cpu_seconds = time.process_time() - self._cpu

    def figures(self, count: int) -> dict[str, Any]:
        """What `count` things cost, as every contender reports it."""
        return {
            "count": count,
            "seconds": round(self.seconds, 3),
            "per_second": round(count / self.seconds, 1),
            "cpu_s_per_1000": round(self.cpu_seconds / count * 1000, 5),
            "per_cpu_second": round(count / self.cpu_seconds, 1),
            "peak_rss_mb": peak_rss_mb(psutil.Process()),
        }
