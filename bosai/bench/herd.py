"""`bosai bench herd`: after a push every phone of the city asks within ten seconds; h2load asks, and times each answer.

An open load: phones ask when they ask, however slowly they are answered. In the middle the situation changes, as it
does in a storm, and every answer is made anew.
"""

import tempfile
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

import httpx

from bosai.bench.contender import BenchError
from bosai.bench.h2load import run_h2load
from bosai.bench.report import Report
from bosai.bench.storm import longest_drill
from bosai.bench.usage import cpu_seconds, peak_rss_mb
from bosai.bench.web import Server, middle, play, real_server, settings_in
from bosai.settings import Settings
from bosai.wiring import Worlds

PHONES = 115_000  # a city: everybody
WINDOW_SECONDS = 10
PROXY_CONNECTIONS = 256
SITUATION = "/v1/drill/situation"
_PHONE = {"User-Agent": "bosai-bench", "Accept": "application/json", "Accept-Language": "ja", "Accept-Encoding": "gzip"}


class Herd(NamedTuple):
    """One way in which phones come."""

    name: str
    knows: bool  # asks with the ETag of what is in force; else of what was before the push
    connections: int  # 0: each phone opens its own
    seconds: int  # within which they come


HERDS = (
    Herd("through the proxy, situation changed by the push", False, PROXY_CONNECTIONS, WINDOW_SECONDS),
    Herd("through the proxy, situation known", True, PROXY_CONNECTIONS, WINDOW_SECONDS),
    Herd("without a proxy, a connection a phone, within half a minute", False, 0, 3 * WINDOW_SECONDS),
)


def bench_herd(phones: int) -> Report:
    """Answers a second and how long each took, for each way. Raises `BenchError`, also where one is not answered."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="bosai-bench-") as folder:
        settings = settings_in(Path(folder))
        with real_server(settings) as server:
            for number, herd in enumerate(HERDS):
                found[herd.name] = _came(herd, number, phones, server, settings)
            peak = peak_rss_mb(server.process)
    first = found[HERDS[0].name]
    return Report(
        metric=f"answers a second to {phones:,} phones that ask within {WINDOW_SECONDS} s",
        ours=first["per_second"],
        cpu_s_per_1000=first["server_cpu_s_per_1000"],
        peak_rss_mb=peak,
        details={"herds": found},
    )


def _came(herd: Herd, number: int, phones: int, server: Server, settings: Settings) -> dict[str, Any]:
    worlds = Worlds(settings)
    storm = longest_drill(worlds["drill"].pack)
    step = min(middle(storm) + number, len(storm.steps) - 1)
    change = Timer(herd.seconds / 2, play, (worlds["drill"], storm, (step,)))
    headers = _PHONE | {"If-None-Match": _etag(server) if herd.knows else '"of-the-hour-before"'}
    before = cpu_seconds([server.process])
    change.start()
    try:
        run = run_h2load(f"http://127.0.0.1:{server.port}{SITUATION}", headers, phones, _options(herd, phones))
    finally:
        change.join()
        worlds.close()
    used = cpu_seconds([server.process]) - before
    if run.failed or run.done != phones:
        raise BenchError(f"{herd.name}: {run.failed} of {phones} phones were not answered, {run.statuses}")
    return asdict(run) | {"server_cpu_s_per_1000": round(used / phones * 1000, 4)}


def _options(herd: Herd, phones: int) -> tuple[str, ...]:
    if herd.connections:
        connections = min(herd.connections, phones)
        each = phones / connections / herd.seconds
        return ("--clients", str(connections), "--rps", f"{each:.4f}")
    return ("--clients", str(phones), "--rate", str(max(1, phones // herd.seconds)))


def _etag(server: Server) -> str:
    address = f"http://127.0.0.1:{server.port}{SITUATION}"
    return httpx.get(address, headers=_PHONE, trust_env=False).headers["etag"]
