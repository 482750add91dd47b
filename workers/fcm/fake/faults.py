"""What the fake server does wrong on purpose: each fault hits the same tokens in every run (hash of seed and token)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import accumulate

import orjson

FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


class Breakage(StrEnum):
    """How a connection misbehaves instead of answering."""

    REFUSED = "refused"  # RST_STREAM with REFUSED_STREAM: certainly not processed
    LOST = "lost"  # the connection is cut, nothing was processed
    UNANSWERED = "unanswered"  # the message is accepted, its answer never comes


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: an error answer of FCM v1, or a broken connection.

    A passing fault hits only a token's first tries; the others hit it every time.
    """

    passing: bool
    http_status: int = 0
    status: str = ""
    code: str | None = None
    message: str = ""
    breakage: Breakage | None = None

    @property
    def body(self) -> bytes:
        """The error document as FCM v1 writes it."""
        error: dict[str, object] = {"code": self.http_status, "message": self.message, "status": self.status}
        if self.code is not None:
            error["details"] = [{"@type": FCM_ERROR, "errorCode": self.code}]
        return orjson.dumps({"error": error})


FAULTS: dict[str, Fault] = {
    "unregistered": Fault(False, 404, "NOT_FOUND", "UNREGISTERED", "Requested entity was not found."),
    "invalid": Fault(
        False,
        400,
        "INVALID_ARGUMENT",
        "INVALID_ARGUMENT",
        "The registration token is not a valid FCM registration token",
    ),
    "sender_mismatch": Fault(False, 403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "SenderId mismatch"),
    "third_party": Fault(
        False,
        401,
        "UNAUTHENTICATED",
        "THIRD_PARTY_AUTH_ERROR",
        "Request is missing required authentication credential.",
    ),
    "unauthenticated": Fault(
        True, 401, "UNAUTHENTICATED", None, "Request had invalid authentication credentials. Expected OAuth 2 token."
    ),
    "throttled": Fault(True, 429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Quota exceeded for quota metric."),
    "internal": Fault(True, 500, "INTERNAL", "INTERNAL", "Internal error encountered."),
    "unavailable": Fault(True, 503, "UNAVAILABLE", "UNAVAILABLE", "The service is currently unavailable."),
    "refused": Fault(True, breakage=Breakage.REFUSED),
    "lost": Fault(True, breakage=Breakage.LOST),
    "unanswered": Fault(True, breakage=Breakage.UNANSWERED),
}


def parse_shares(texts: list[str]) -> dict[str, float]:
    """Reads `unregistered=0.02` as a fault and the share of tokens it hits; raises ValueError for anything else."""
    shares = {}
    for text in texts:
        name, _, share = text.partition("=")
        if name not in FAULTS:
            raise ValueError(f"unknown fault {name!r}; known are {', '.join(FAULTS)}")
        shares[name] = float(share)
    return shares


class FaultPlan:
    """Says which fault, if any, hits a token."""

    def __init__(self, shares: Mapping[str, float], seed: int, repeats: int) -> None:
        self._names = tuple(shares)
        self._bounds = tuple(accumulate(shares.values()))
        self._key = seed.to_bytes(8, "big")
        self._repeats = repeats
        self._tries: dict[tuple[str, str], int] = {}
        if self._bounds and self._bounds[-1] > 1 + 1e-9:
            raise ValueError("the shares of all faults together are more than 1")

    def fault_of(self, token: str, push: str) -> Fault | None:
        """The fault for this try; `push` tells one push from the next, so that passing faults begin anew."""
        fault = self._drawn(token) if self._names else None
        if fault is None or not fault.passing:
            return fault
        tries = self._tries.get((token, push), 0)
        if tries >= self._repeats:
            return None
        self._tries[token, push] = tries + 1
        return fault

    def reset(self) -> None:
        """Forgets earlier tries."""
        self._tries.clear()

    def _drawn(self, token: str) -> Fault | None:
        digest = blake2b(token.encode(), digest_size=8, key=self._key).digest()
        place = int.from_bytes(digest, "big") / 2**64
        for name, bound in zip(self._names, self._bounds, strict=True):
            if place < bound:
                return FAULTS[name]
        return None
