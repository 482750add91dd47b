"""The fake FCM itself, free of any transport: a request in, an answer out."""

from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import FaultPlan
from workers.fcm.fake.ledger import Ledger
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.sending import Sending

_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_DOTS_OF_A_JWT = 2


class FakeFcm:
    """Sends messages nowhere, issues OAuth tokens to anybody, and tells what it saw.

    Routes: POST /v1/projects/{project}/messages:send, POST /token (JWT grant of any service account), GET /stats,
    GET /messages?limit=N, POST /reset, POST /revoke (every OAuth token issued so far becomes invalid).
    """

    def __init__(self, options: FakeOptions) -> None:
        self._token_lifetime = options.token_lifetime
        self._ledger = Ledger()
        self._plan = FaultPlan(options.faults, options.seed, options.repeats)
        self._bearers: set[str] = set()
        self._issued = 0
        self._connections: Counter[str] = Counter()  # opened so far, by protocol
        self._sending = Sending(options, self._ledger, self._plan, self._bearers)
        self._send_path = f"/v1/projects/{options.project}/messages:send"
        self._routes: dict[tuple[str, str], Callable[[Request], Answer]] = {
            ("POST", "/token"): self._token,
            ("GET", "/stats"): self._stats,
            ("GET", "/messages"): self._messages,
            ("POST", "/reset"): self._reset,
            ("POST", "/revoke"): self._revoke,
        }

    def connected(self, protocol: str) -> None:
        """A client opened a connection and agreed on `h2` or `http/1.1`."""
        self._connections[protocol] += 1

    def answer(self, request: Request) -> Answer:
        """Never raises for what a client may send."""
        if request.path == self._send_path and request.method == "POST":
            return self._sending.answer(request)
        route = self._routes.get((request.method, urlsplit(request.path).path))
        if route is None:
            return _refuse(HTTPStatus.NOT_FOUND, f"there is no {request.method} {request.path} here")
        return route(request)

    def _token(self, request: Request) -> Answer:
        form = parse_qs(request.body.decode(errors="replace"))
        assertion = form.get("assertion", [""])[0]
        if form.get("grant_type") != [_JWT_GRANT] or assertion.count(".") != _DOTS_OF_A_JWT:
            return _json({"error": "invalid_grant", "error_description": "Not a JWT grant."}, HTTPStatus.BAD_REQUEST)
        self._issued += 1
        bearer = f"ya29.fake-{self._issued}"
        self._bearers.add(bearer)
        return _json({"access_token": bearer, "expires_in": self._token_lifetime, "token_type": "Bearer"})

    def _stats(self, _request: Request) -> Answer:
        counts = {"tokens_issued": self._issued, "connections": self._connections}
        return _json({**self._ledger.stats(), **counts})

    def _messages(self, request: Request) -> Answer:
        limit = parse_qs(urlsplit(request.path).query).get("limit", ["100"])[0]
        if not (limit.isascii() and limit.isdigit()):
            return _refuse(HTTPStatus.BAD_REQUEST, f"limit must be a whole number, not {limit}")
        return _json({"messages": self._ledger.last(int(limit))})

    def _reset(self, _request: Request) -> Answer:
        self._ledger.reset()
        self._plan.reset()
        return _json({})

    def _revoke(self, _request: Request) -> Answer:
        self._bearers.clear()
        return _json({})


def _json(document: dict[str, Any], status: int = HTTPStatus.OK) -> Answer:
    return Answer(status, orjson.dumps(document))


def _refuse(status: HTTPStatus, message: str) -> Answer:
    return _json({"error": {"code": status, "message": message, "status": status.name}}, status)
