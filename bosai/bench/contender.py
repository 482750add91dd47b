"""What is compared runs in a process of its own: its CPU time and memory are its own, and it can be ended."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import orjson

from bosai.processes import TETHER
from bosai.settings import child_environment, load_settings

CONTENDERS = {  # name: (module, function of JSON options that returns JSON)
    "flood": ("bosai.bench.ceiling", "flood"),
    "sender": ("bosai.bench.sender", "send"),
    "send_each": ("bosai.bench.sdk", "send_each"),
    "send_each_async": ("bosai.bench.sdk", "send_each_async"),
    "readers": ("bosai.bench.readers", "read_side_by_side"),
    "load": ("bosai.bench.load", "ask"),
    "select": ("bosai.bench.selection", "select_all"),
    "constant": ("bosai.bench.constant", "serve"),
}


class BenchError(RuntimeError):
    """A measurement that came to nothing; the message says which, and what to do."""


def command(name: str, options: Mapping[str, Any]) -> tuple[str, ...]:
    """The command line of a contender."""
    return (sys.executable, "-m", "bosai.bench", name, orjson.dumps(options).decode())


def contend(
    name: str, options: Mapping[str, Any], seconds: float, environment: dict[str, str] | None = None
) -> dict[str, Any]:
    """What a contender found; it is killed after `seconds`, and with our process. Raises `BenchError`."""
    tied = (sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *command(name, options))
    inherited = child_environment(load_settings()) | (environment or {})
    try:
        done = subprocess.run(tied, stdout=subprocess.PIPE, env=inherited, timeout=seconds, check=True)
    except subprocess.TimeoutExpired:
        raise BenchError(f"{name} took longer than {seconds:.0f} s and was ended; try fewer --devices") from None
    except subprocess.CalledProcessError as error:
        raise BenchError(f"{name} ended with status {error.returncode}; its own lines above say why") from None
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found
