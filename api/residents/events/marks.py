"""What the answers for some districts come down to: when a mark differs, an open app has something new to read."""

import base64
import hashlib
from collections.abc import Iterator

from alerts.service.queries import AlertHistory
from api.residents.answers import Answers
from api.residents.spoken import own_tier

Marks = dict[str, str]
"""By kind of event. Equal for equal facts, in every process and after every start."""

KINDS = ("situation", "alerts", "shelters")
_BYTES = 6
_DIGITS = 8


def marks_of(answers: Answers, districts: frozenset[str]) -> Marks:
    """The marks of what is known now; no district means the whole city."""
    held = answers.basis.held
    found = {"situation": _situation, "alerts": _alerts, "shelters": _shelters}
    facts = {kind: list(found[kind](answers, districts)) for kind in KINDS}
    facts["situation"].append((held.overview is not None, answers.basis.ages.situation.stale))
    return {kind: _short(repr(facts[kind])) for kind in KINDS}


def token_of(marks: Marks) -> str:
    """The id of an event: what its reader knows once he has it."""
    return "".join(marks[kind] for kind in KINDS)


def marks_in(token: str) -> Marks:
    """The marks of an event's id. What is no id of ours differs from everything, so its sender is told all."""
    return {kind: token[place * _DIGITS : (place + 1) * _DIGITS] for place, kind in enumerate(KINDS)}


def _situation(answers: Answers, districts: frozenset[str]) -> Iterator[object]:
    known = answers.basis.held.overview
    overview = known.within(districts) if known else None
    for state in overview.states if overview else ():
        history = overview.histories.get(state.alert_id) if overview else None
        told = _told(history, districts) if history else None
        yield (
            state.alert_id,
            state.code,
            state.details,
            state.extent,
            state.since,
            state.valid_until,
            told,
            overview and overview.orders.get(state.alert_id),
        )


def _alerts(answers: Answers, districts: frozenset[str]) -> Iterator[object]:
    overview = answers.basis.held.overview
    for history in overview.recent if overview else ():
        yield history.alert.id, history.alert.state.shown, history.alert.updated_at, _told(history, districts)


def _told(history: AlertHistory, districts: frozenset[str]) -> object:
    own = history.latest.tiers[own_tier(history, districts)]
    return history.latest.number, own.because, own.level


def _shelters(answers: Answers, districts: frozenset[str]) -> Iterator[object]:
    held = answers.basis.held
    for site in held.sites:
        if not districts or not districts.isdisjoint(held.site_districts.get(site.id, ())):
            yield site, held.openings.get(site.facility)


def _short(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:_BYTES]).decode()
