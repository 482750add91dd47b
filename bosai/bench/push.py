"""`bosai bench push`: our sender against the Firebase Admin SDK, both sending to the fake FCM server (design.md §6)."""

import tempfile
from pathlib import Path
from typing import Any

from bosai.bench.ceiling import MESSAGES, bearer_of, measure_ceiling
from bosai.bench.contender import contend
from bosai.bench.report import Report
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess

DEVICES = 20_000
PEER_MESSAGES = 2_000  # they need a second for some hundred
LATENCY_MS = (50.0, 150.0)
FAULTS = {"throttled": 0.002, "unavailable": 0.003, "internal": 0.001}  # 0.6 % of the phones, at their first try
PEERS = ("send_each", "send_each_async")
_OURS_SECONDS = 120.0
_PEER_SECONDS = 90.0
_WARM_UP = 100


def bench_push(devices: int, *, compare: bool) -> Report:
    """Messages for each second of CPU time, which is what one machine has least of. Raises `BenchError`."""
    ceiling = measure_ceiling(min(MESSAGES, 10 * devices))
    found = {"ours": _run("sender", devices)}
    for peer in PEERS if compare else ():
        found[peer] = _run(peer, min(PEER_MESSAGES, devices))
    ours = found["ours"]
    return Report(
        metric="messages per CPU second",
        ours=ours["per_cpu_second"],
        peers={f"firebase_admin {name}": found[name]["per_cpu_second"] for name in found if name != "ours"},
        cpu_s_per_1000=ours["cpu_s_per_1000"],
        peak_rss_mb=ours["peak_rss_mb"],
        server_ceiling=ceiling["per_second"],
        rate=ours["per_second"],
        details={"server": ceiling, "latency_ms": list(LATENCY_MS), "faults": FAULTS, "contenders": found},
    )


def _run(name: str, messages: int) -> dict[str, Any]:
    """One contender against a server of its own, of the same kind and with the same faults for the same phones."""
    with tempfile.TemporaryDirectory(prefix="bosai-bench-") as folder:
        options = FakeOptions(Path(folder), latency_ms=LATENCY_MS, faults=FAULTS, until_stdin_closes=True)
        with FakeFcmProcess(options) as fake:
            if name == "sender":
                given = {"url": fake.url, "ca": str(fake.ca), "devices": messages, "warm_up": _WARM_UP}
                found = contend(name, given, _OURS_SECONDS)
            else:
                given = {"url": fake.url, "bearer": bearer_of(fake), "messages": messages, "warm_up": _WARM_UP}
                found = contend(name, given, _PEER_SECONDS, _trusting(fake.ca))
            return found | {"duplicates": fake.stats()["duplicates"]}


def _trusting(ca: Path) -> dict[str, str]:
    """How the SDK's two HTTP clients are told to trust the fake server, and to use no proxy on this machine."""
    return {"REQUESTS_CA_BUNDLE": str(ca), "SSL_CERT_FILE": str(ca), "NO_PROXY": "127.0.0.1"}
