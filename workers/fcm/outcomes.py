"""What an answer of FCM means for a device: a table by HTTP status and FcmError code (push.md §1, §7.6)."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

import orjson

from alerts.ports import PushResult

LOST = 0  # the status of a request that was not answered
OK = 200
_LONGEST_ERROR = 200  # characters
_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


class Next(Enum):
    """What the sender does with the device now."""

    REPORT = auto()
    RETRY = auto()  # after a back-off
    WAIT = auto()  # as long as Retry-After says
    RENEW = auto()  # with a new OAuth token


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do next, and the result to report then or when patience ends."""

    then: Next
    result: PushResult


_REFUSED = Verdict(Next.REPORT, PushResult.RETRIES_EXHAUSTED)  # the project is set up wrong: no phone is to blame
_RETRY = Verdict(Next.RETRY, PushResult.RETRIES_EXHAUSTED)

_ACCEPTED = Verdict(Next.REPORT, PushResult.ACCEPTED)

VERDICTS: dict[tuple[int, str | None], Verdict] = {
    (OK, None): _ACCEPTED,
    (400, None): Verdict(Next.REPORT, PushResult.INVALID),  # address or payload: never taken for a dead token
    (401, None): Verdict(Next.RENEW, PushResult.RETRIES_EXHAUSTED),
    (401, "THIRD_PARTY_AUTH_ERROR"): _REFUSED,  # Apple does not take the project's APNs key
    (403, "SENDER_ID_MISMATCH"): Verdict(Next.REPORT, PushResult.SENDER_MISMATCH),
    (404, "UNREGISTERED"): Verdict(Next.REPORT, PushResult.UNREGISTERED),
    (408, None): _RETRY,
    (429, None): Verdict(Next.WAIT, PushResult.THROTTLED),
    (LOST, None): _RETRY,
}
_SERVER_ERRORS = range(500, 600)


class Answer(NamedTuple):  # one a message, and a tuple costs a third of a dataclass
    """One answer read: the verdict, with the provider's message id or its error."""

    verdict: Verdict
    provider_id: str | None = None
    error: str | None = None


def read_answer(status: int, body: bytes) -> Answer:
    """Reads an answer by status and body; anything unknown is reported, never guessed to be a dead token (R16)."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        document = None
    if not isinstance(document, dict):
        document = {}
    if status == OK:
        name = document.get("name")
        if isinstance(name, str):
            return Answer(_ACCEPTED, name)
        return Answer(_RETRY, error="200 without the name of a message")
    error = document.get("error")
    error = error if isinstance(error, dict) else {}
    code = _fcm_code(error.get("details"))
    text = f"{status} {code or error.get('status') or 'without a code'}: {error.get('message', '')}"
    return Answer(_verdict(status, code), error=text[:_LONGEST_ERROR])


def unanswered(reason: str) -> Answer:
    """A request whose connection broke or that timed out; the message may have been taken in or not."""
    return Answer(VERDICTS[LOST, None], error=f"no answer: {reason}"[:_LONGEST_ERROR])


def _verdict(status: int, code: str | None) -> Verdict:
    fallback = _RETRY if status in _SERVER_ERRORS else _REFUSED
    return VERDICTS.get((status, code)) or VERDICTS.get((status, None), fallback)


def _fcm_code(details: object) -> str | None:
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and detail.get("@type") == _FCM_ERROR:
            code = detail.get("errorCode")
            return code if isinstance(code, str) else None
    return None
