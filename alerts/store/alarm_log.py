"""Says each newly opened alarm in the log; a flood of one kind takes a few lines a minute, not one each."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from alerts.store.alarm import Alarm

LINES_A_MINUTE = 5  # of one kind, in one process
_MINUTE = timedelta(minutes=1)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Run:
    """A minute of one kind: what was said in it, and what was left out."""

    begun: datetime
    said: int = 0
    left_out: int = 0


class AlarmLog:
    """The voice of one world's alarms. It goes by the alarms' own times; usable from every thread."""

    def __init__(self, world: str) -> None:
        self._world = world
        self._runs: dict[str, _Run] = {}
        self._lock = Lock()

    def opened(self, alarm: Alarm) -> None:
        """One ERROR line for an alarm that was not open before, as long as its kind has lines left in this minute."""
        with self._lock:
            before = self._runs.get(alarm.kind)
            is_over = before is None or not timedelta(0) <= alarm.raised_at - before.begun < _MINUTE
            run = self._runs[alarm.kind] = _Run(alarm.raised_at) if before is None or is_over else before
            left_out = before.left_out if before and is_over else 0
            run.said += 1
            has_line = run.said <= LINES_A_MINUTE
            run.left_out += not has_line
        if left_out:
            _log.error("%s alarms, %s: %d more were opened than are logged here", self._world, alarm.kind, left_out)
        if has_line:
            _log.error("%s alarm, %s: %s", self._world, alarm.kind, alarm.text)
        elif run.left_out == 1:
            _log.error("%s alarms, %s: more in this minute; bosai check lists them", self._world, alarm.kind)
