"""The fake FCM itself, free of any transport: a request in, an answer out."""

import random
import time
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import orjson

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import FAULTS, Breakage, Fault, FaultPlan
from workers.fcm.fake.ledger import Ledger
from workers.fcm.fake.options import FakeOptions

_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_UNAUTHENTICATED = FAULTS["unauthenticated"].body
_NOT_JSON = Fault(False, 400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "Invalid JSON payload received.").body


class FakeFcm:
    """Sends messages nowhere, issues OAuth tokens to anybody, and tells what it saw.

    Routes: POST /v1/projects/{project}/messages:send, POST /token (JWT grant of any service account), GET /stats,
    GET /messages?limit=N, POST /reset, POST /revoke (every OAuth token issued so far becomes invalid).
    """

    def __init__(self, options: FakeOptions) -> None:
        self._options = options
        self._plan = FaultPlan(options.faults, options.seed, options.repeats)
        self._ledger = Ledger()
        self._low, self._high = (milliseconds / 1000 for milliseconds in options.latency_ms)
        self._uniform = random.Random(options.seed).uniform  # noqa: S311 - latency, not a secret
        self._send_path = f"/v1/projects/{options.project}/messages:send"
        self._name = f"projects/{options.project}/messages/0:".encode()
        self._bearers: set[str] = set()
        self._issued = 0
        self._accepted = 0

    def answer(self, request: Request) -> Answer:
        """Never raises for what a client may send."""
        if request.path == self._send_path:
            return self._send(request)
        url = urlsplit(request.path)
        route = self._ROUTES.get((request.method, url.path))
        if route is None:
            return Answer(404, orjson.dumps({"error": {"code": 404, "message": "no such path", "status": "NOT_FOUND"}}))
        return route(self, request, parse_qs(url.query))

    def _send(self, request: Request) -> Answer:
        delay = self._uniform(self._low, self._high)
        if request.authorization.removeprefix("Bearer ") not in self._bearers:
            return self._answered(401, _UNAUTHENTICATED, {}, delay)
        try:
            message = orjson.loads(request.body)["message"]
            device, revision = message.get("token") or message["fid"], _revision_of(message)
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._answered(400, _NOT_JSON, {}, delay)
        name = self._plan.fault_of(device, revision)
        if name is not None:
            return self._fail(FAULTS[name], device, revision, message, delay)
        self._accepted += 1
        self._ledger.accepted(revision, device, time.time())
        return self._answered(200, b'{"name": "%b%016x"}' % (self._name, self._accepted), message, delay)

    def _fail(self, fault: Fault, device: str, revision: str, message: dict[str, Any], delay: float) -> Answer:
        if fault.breakage is None:
            answer = self._answered(fault.http_status, fault.body, message, delay)
            answer.retry_after = self._options.retry_after if fault.http_status == 429 else None  # noqa: PLR2004
            return answer
        if fault.breakage is Breakage.UNANSWERED:
            self._ledger.accepted(revision, device, time.time())
        self._ledger.answered(fault.breakage, message, time.time())
        return Answer(0, b"", delay, breakage=fault.breakage)

    def _answered(self, status: int, body: bytes, message: dict[str, Any], delay: float) -> Answer:
        self._ledger.answered(str(status), message, time.time())
        return Answer(status, body, delay)

    def _token(self, request: Request, _query: dict[str, list[str]]) -> Answer:
        form = parse_qs(request.body.decode(errors="replace"))
        if form.get("grant_type") != [_JWT_GRANT] or form.get("assertion", [""])[0].count(".") != 2:  # noqa: PLR2004
            return Answer(400, orjson.dumps({"error": "invalid_grant", "error_description": "Not a JWT grant."}))
        self._issued += 1
        bearer = f"ya29.fake-{self._issued}"
        self._bearers.add(bearer)
        lifetime = self._options.token_lifetime
        return Answer(200, orjson.dumps({"access_token": bearer, "expires_in": lifetime, "token_type": "Bearer"}))

    def _stats(self, _request: Request, _query: dict[str, list[str]]) -> Answer:
        return Answer(200, orjson.dumps({**self._ledger.stats(), "tokens_issued": self._issued}))

    def _messages(self, _request: Request, query: dict[str, list[str]]) -> Answer:
        limit = query.get("limit", ["100"])[0]
        if not limit.isascii() or not limit.isdigit():
            return Answer(400, orjson.dumps({"error": {"code": 400, "message": "limit must be a whole number"}}))
        return Answer(200, orjson.dumps({"messages": self._ledger.last(int(limit))}))

    def _reset(self, _request: Request, _query: dict[str, list[str]]) -> Answer:
        self._ledger.reset()
        self._plan.reset()
        return Answer(200, b"{}")

    def _revoke(self, _request: Request, _query: dict[str, list[str]]) -> Answer:
        self._bearers.clear()
        return Answer(200, b"{}")

    _ROUTES: ClassVar[dict[tuple[str, str], Callable[["FakeFcm", Request, dict[str, list[str]]], Answer]]] = {
        ("POST", "/token"): _token,
        ("GET", "/stats"): _stats,
        ("GET", "/messages"): _messages,
        ("POST", "/reset"): _reset,
        ("POST", "/revoke"): _revoke,
    }


def _revision_of(message: dict[str, Any]) -> str:
    """`tag#revision`: what makes two messages to one phone the same push."""
    android = message.get("android", {}).get("notification", {}).get("tag")
    apns = message.get("apns", {}).get("headers", {}).get("apns-collapse-id")
    return f"{android or apns or '-'}#{message.get('data', {}).get('revision', '-')}"
