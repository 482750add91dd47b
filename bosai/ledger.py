"""Which processes a run of `bosai serve` started, kept in the data folder: the next start ends what is left."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

START_TOLERANCE_SECONDS = 2.0  # the start time is computed from the boot time, which a clock correction moves
TERMINATE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One process: a number alone may by now be another programme's, number and start time together are not."""

    name: str
    pid: int
    started: float  # seconds since the epoch, as the operating system tells it


def entry(name: str, pid: int) -> Entry | None:
    """What to record of a process that was just started; None if it is gone already."""
    try:
        return Entry(name, pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


class Ledger:
    """The list in `processes.json`, replaced whole at each change."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "processes.json"

    def write(self, entries: Sequence[Entry]) -> None:
        """Records who runs now."""
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps([asdict(one) for one in entries], indent=1), encoding="utf-8")
        draft.replace(self._file)

    def read(self) -> list[Entry]:
        """Who ran at the last change; empty at a first start, or where the file was cut off by a power failure."""
        try:
            return [Entry(**one) for one in json.loads(self._file.read_text(encoding="utf-8"))]
        except (FileNotFoundError, ValueError, TypeError):
            return []

    def end_leftovers(self) -> list[Entry]:
        """Ends every recorded process that still runs, with its children, and returns them."""
        left = [(one, process) for one in self.read() if (process := _running(one))]
        for _, process in left:
            _end_tree(process)
        self.write([])
        return [one for one, _ in left]


def _running(recorded: Entry) -> psutil.Process | None:
    try:
        process = psutil.Process(recorded.pid)
        same = abs(process.create_time() - recorded.started) <= START_TOLERANCE_SECONDS
    except psutil.NoSuchProcess:
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def _end_tree(process: psutil.Process) -> None:
    try:
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for member in family:
        _signal(member, kill=False)
    _, alive = psutil.wait_procs(family, timeout=TERMINATE_SECONDS)
    for member in alive:
        _signal(member, kill=True)
    psutil.wait_procs(alive, timeout=TERMINATE_SECONDS)


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except psutil.NoSuchProcess:
        return
