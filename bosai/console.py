"""The log of `bosai serve`: every child's lines in one stream, each behind its name."""

from datetime import datetime
from threading import Lock
from typing import TextIO

NAME_WIDTH = 7


class Console:
    """Writes whole lines from several threads; a reader that went away does not stop the service."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()

    def say(self, part: str, line: str) -> None:
        """One line of `part`, with the local time."""
        now = datetime.now().astimezone()
        with self._lock:
            try:
                self._stream.write(f"{now:%H:%M:%S} {part:<{NAME_WIDTH}} | {line}\n")
                self._stream.flush()
            except (OSError, ValueError):
                return  # the terminal or the pipe is closed
