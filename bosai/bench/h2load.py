"""h2load, the load generator of nghttp2, and what it found."""

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bosai.bench.contender import BenchError

_PATIENCE_SECONDS = 120
_FAILED = re.compile(r"(\d+) failed, (\d+) errored, (\d+) timeout")
_CONNECT = re.compile(r"time for connect:\s+(\S+)\s+(\S+)\s+(\S+)")


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run; an answer takes from the request to its last byte."""

    done: int
    failed: int
    statuses: Mapping[str, int]
    seconds: float  # from the first request to the last answer
    per_second: float
    p50_ms: float
    p99_ms: float
    longest_ms: float
    longest_connect: str  # as h2load prints it


def run_h2load(address: str, headers: Mapping[str, str], requests: int, options: tuple[str, ...]) -> Run:
    """Asks over HTTP/1.1. Raises `BenchError` where h2load is missing or ends badly."""
    program = shutil.which("h2load")
    if program is None:
        raise BenchError("h2load asks the questions of this bench, and is not here: apt-get install nghttp2-client")
    said = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile(prefix="bosai-h2load-") as log:
        command = (program, "--h1", "--requests", str(requests), *options, *said, f"--log-file={log.name}", address)
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=True)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            raise BenchError(f"h2load came to nothing: {error}") from None
        return _run(done.stdout, Path(log.name).read_text(encoding="ascii").splitlines())


def _run(printed: str, rows: list[str]) -> Run:
    failed, connect = _FAILED.search(printed), _CONNECT.search(printed)
    answers = [tuple(map(int, row.split("\t")[:3])) for row in rows]  # began (µs), status, took (µs)
    if failed is None or connect is None or not answers:
        raise BenchError(f"h2load says what nobody understands here: {printed[-500:]}")
    took = sorted(answer[2] for answer in answers)
    seconds = (max(began + each for began, _, each in answers) - min(answer[0] for answer in answers)) / 1e6
    return Run(
        done=len(answers),
        failed=sum(map(int, failed.groups())),
        statuses=dict(Counter(str(answer[1]) for answer in answers)),
        seconds=round(seconds, 2),
        per_second=round(len(answers) / max(seconds, 1e-6), 1),
        p50_ms=round(took[len(took) // 2] / 1000, 2),
        p99_ms=round(took[int(len(took) * 0.99)] / 1000, 2),
        longest_ms=round(took[-1] / 1000, 2),
        longest_connect=connect[2],
    )
