"""The fake's `messages:send`: takes a message in, or fails as planned."""

import random
import time
from collections.abc import Container

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import FAULTS, Breakage, Fault, FaultPlan
from workers.fcm.fake.ledger import Ledger
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.reading import MessageReader, Posted

_THROTTLED = 429
_UNAUTHENTICATED = FAULTS["unauthenticated"].body
_NOT_A_MESSAGE = Fault(False, 400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "Invalid JSON payload received.").body


class Sending:
    """Answers posts of messages; `bearers` are the OAuth tokens honoured at the moment."""

    def __init__(self, options: FakeOptions, ledger: Ledger, plan: FaultPlan, bearers: Container[str]) -> None:
        self._ledger = ledger
        self._plan = plan
        self._bearers = bearers
        self._retry_after = options.retry_after
        self._low, self._high = (milliseconds / 1000 for milliseconds in options.latency_ms)
        self._uniform = random.Random(options.seed).uniform  # noqa: S311 - latency, not a secret
        self._name = f"projects/{options.project}/messages/0:".encode()
        self._accepted = 0
        self._reader = MessageReader()

    def answer(self, request: Request) -> Answer:
        """Counts the request when it comes in; the answer leaves after the latency."""
        at = time.time()
        posted = self._reader.read(request.body)
        answer = self._react(request.headers.get("authorization", ""), posted, at)
        answer.delay = self._uniform(self._low, self._high)
        answered = answer.breakage.value if answer.breakage else str(answer.status)
        self._ledger.answered(answered, request, at)
        return answer

    def _react(self, authorization: str, posted: Posted | None, at: float) -> Answer:
        if authorization.removeprefix("Bearer ") not in self._bearers:
            return Answer(401, _UNAUTHENTICATED)
        if posted is None:
            return Answer(400, _NOT_A_MESSAGE)
        fault = self._plan.fault_of(*posted)
        if fault is None or fault.breakage is Breakage.UNANSWERED:
            self._ledger.accepted(posted.revision, posted.device, at)
        return self._accept() if fault is None else self._fail(fault)

    def _accept(self) -> Answer:
        self._accepted += 1
        return Answer(200, b'{"name": "%b%016x"}' % (self._name, self._accepted))

    def _fail(self, fault: Fault) -> Answer:
        retry_after = self._retry_after if fault.http_status == _THROTTLED else None
        return Answer(fault.http_status, fault.body, retry_after=retry_after, breakage=fault.breakage)
