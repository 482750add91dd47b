"""The fake FCM server's own limit: a figure about a sender means nothing if it is the server's (design.md §6)."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from alerts.world import DRILL
from bosai.bench.cargo import MEASURED, jobs
from bosai.bench.contender import contend
from bosai.bench.usage import Meter, cpu_seconds
from workers.fcm.carrier import Limits
from workers.fcm.endpoint import drill_endpoint
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.payload import encode
from workers.fcm.sender import DRILL_PROJECT
from workers.fcm.transport import Transport

MESSAGES = 30_000
SECONDS = 60.0
_JWT = b"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c"


def bearer_of(fake: FakeFcmProcess) -> str:
    """An OAuth token that the fake server honours."""
    token: str = fake.ask("POST", "/token", _JWT)["access_token"]
    return token


def measure_ceiling(messages: int = MESSAGES) -> dict[str, Any]:
    """Messages a second that the server takes without latency and faults, `per_second`.

    `server_busy` is the share of one CPU it used: well below 1, the flood and not the server was the limit, and the
    true ceiling is higher.
    """
    with tempfile.TemporaryDirectory(prefix="bosai-bench-") as folder:
        options = FakeOptions(Path(folder), latency_ms=(0.0, 0.0), until_stdin_closes=True)
        with FakeFcmProcess(options) as fake:
            server = [psutil.Process(fake.pid)]
            bearer = bearer_of(fake)
            before = cpu_seconds(server)
            flooding = {"url": fake.url, "ca": str(fake.ca), "bearer": bearer, "messages": messages}
            found = contend("flood", flooding, SECONDS)
            used = cpu_seconds(server) - before
    return found | {"server_busy": round(used / found["seconds"], 2)}


def flood(url: str, ca: str, bearer: str, messages: int) -> dict[str, Any]:
    """Posts messages as fast as our transport can, and looks at nothing but their number and status."""
    transport: Transport[int] = Transport(drill_endpoint(DRILL, url, Path(ca), DRILL_PROJECT), Limits())
    first = jobs(messages, MEASURED)[0]
    template = encode(first.message, first.platform, datetime.now(UTC))
    addresses = [target.address for job in jobs(messages, MEASURED) for target in job.targets]
    accepted = 0
    with Meter() as meter:
        while addresses or transport.in_flight:
            for _ in range(min(transport.room, len(addresses))):
                transport.post(0, template, addresses.pop(), bearer)
            accepted += sum(reply.status == 200 for reply in transport.wait(1.0))  # noqa: PLR2004 - HTTP's own
    transport.close()
    if accepted != messages:
        raise RuntimeError(f"the fake server took {accepted} of {messages} messages")
    return meter.figures(messages)
