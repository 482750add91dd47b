"""Looks at each world every second, each in a thread of its own: one that hangs does not delay another."""

import threading
from collections.abc import Iterable

from api.residents.snapshot import Snapshot

EVERY_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0


class Refresher:
    """Keeps snapshots new from `start` to `stop`; each is read once before `start` returns."""

    def __init__(self, snapshots: Iterable[Snapshot], every_seconds: float) -> None:
        self._snapshots = tuple(snapshots)
        self._every_seconds = every_seconds
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Reads all once, or waits a moment for one that hangs, and goes on in the background."""
        for snapshot in self._snapshots:
            read_once = threading.Event()
            name = f"snapshot-{snapshot.services.world.name}"
            thread = threading.Thread(target=self._keep, args=(snapshot, read_once), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
            read_once.wait(_PATIENCE_SECONDS)

    def stop(self) -> None:
        """Ends the threads; one that hangs in a lost database is left behind, it ends with the process."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(_PATIENCE_SECONDS)

    def _keep(self, snapshot: Snapshot, read_once: threading.Event) -> None:
        snapshot.refresh()
        read_once.set()
        while not self._stopping.wait(self._every_seconds):
            snapshot.refresh()
