"""The hot reads: a question that was answered before is answered from the same bytes, past the framework (issue 7.9).

The routes stay the one place where an answer is made and documented: the first question goes their way. What they gave
is kept beside the facts that it was made from, so it is gone as soon as anything has changed.
"""

from collections.abc import Mapping
from functools import partial

from starlette.types import Message, Scope

from api.cors import Cors
from api.headers import RawHeaders
from api.residents.prepared import KEEP, Variant
from api.residents.ready import Question, Ready
from api.residents.snapshot import Snapshot

_READING = ("GET", "HEAD")
NO_BODY: Message = {"type": "http.response.body", "body": b""}
_MOST_QUESTIONS = 4_096  # of one moment; who asks in ever new words must not fill the memory
_LONGEST_QUESTION = 512  # bytes: nobody's languages are longer


class HotReads:
    """The questions of all worlds that were answered since the last change."""

    def __init__(self, snapshots: Mapping[str, Snapshot], cors: Cors) -> None:
        """`snapshots` by the prefix of their addresses, the longest first: no answer crosses worlds (R1)."""
        self._snapshots = tuple((f"{prefix}/", snapshot) for prefix, snapshot in snapshots.items())
        self._cors = cors

    def find(self, scope: Scope) -> tuple[Message, Message] | None:
        """Both messages of the answer; None where the routes must be asked. Addresses with a query always go there."""
        answers = self._answers(scope)
        if answers is None:
            return None
        headers = first_values(scope)
        ready = answers.get(_question(scope, headers))
        if ready is None:
            return None
        held = headers.get(b"if-none-match")
        is_held = held is not None and ready.variant.is_held_by(held)
        start, body = (ready.unchanged, NO_BODY) if is_held else (ready.whole, ready.body)
        granted = self._cors.granted(scope["path"], headers.get(b"origin"))
        return ({**start, "headers": [*start["headers"], *granted]} if granted else start), body

    def watch(self, scope: Scope, headers: Mapping[bytes, bytes], common: RawHeaders) -> None:
        """Has the route that answers this request leave its answer here; `common` goes with it each time."""
        answers = self._answers(scope)
        question = _question(scope, headers)
        if answers is not None and sum(map(len, question)) <= _LONGEST_QUESTION:
            scope[KEEP] = partial(_keep, answers, question, common)

    def _answers(self, scope: Scope) -> dict[Question, Ready] | None:
        """Those of the facts that hold now: taken before a route runs, so that none is kept beside newer facts."""
        if scope["type"] != "http" or scope["query_string"] or scope["method"] not in _READING:
            return None
        path: str = scope["path"]
        for prefix, snapshot in self._snapshots:
            if path.startswith(prefix):
                return snapshot.answers.asked
        return None


def first_values(scope: Scope) -> Mapping[bytes, bytes]:
    """A request's headers by name; of one that was sent twice the first counts, as in the framework."""
    return dict(reversed(scope["headers"]))


def _question(scope: Scope, headers: Mapping[bytes, bytes]) -> Question:
    return scope["path"], headers.get(b"accept-language", b""), headers.get(b"accept-encoding", b"")


def _keep(answers: dict[Question, Ready], question: Question, common: RawHeaders, variant: Variant) -> None:
    if len(answers) >= _MOST_QUESTIONS:
        answers.clear()
    answers[question] = Ready.of(variant, common)
