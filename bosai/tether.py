"""Starts a command that dies with its parent, even when the parent is killed: `python tether.py PARENT COMMAND…`.

Run as a file and not as a function between fork and exec: the supervisor has threads, and what runs in a fork of a
threaded process may hang. Imports the standard library only, so that it costs a few milliseconds.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def tie_to_parent(parent: int) -> None:
    """Has the kernel kill this process when its parent ends; ends at once if that has happened already.

    Linux only. Elsewhere the next start ends what is left, from the ledger.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    tie_to_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command is the supervisor's own
