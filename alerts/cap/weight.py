"""How grave, how soon and how sure: JMA's scales as CAP's three words (conventions.md, our convention).

A 警戒レベル, or the rank where a kind has none, gives all three; intensities, tsunami and the Nankai Trough have scales
of their own. What no table knows is `Unknown`, never guessed (R16).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alerts.alert import Change, Revision
from alerts.wording.office_text import ORDERS, Template


@dataclass(frozen=True, slots=True)
class Weight:
    """CAP's severity, urgency and certainty."""

    severity: str
    urgency: str
    certainty: str


UNKNOWN = Weight("Unknown", "Unknown", "Unknown")
_LEVELS: Mapping[int, Weight] = {
    5: Weight("Extreme", "Immediate", "Observed"),
    4: Weight("Severe", "Immediate", "Likely"),
    3: Weight("Moderate", "Expected", "Likely"),
    2: Weight("Minor", "Future", "Possible"),
    1: Weight("Minor", "Future", "Possible"),
}
_HARD, _FELT, _SLIGHT = (
    Weight("Severe", "Immediate", "Observed"),
    Weight("Moderate", "Immediate", "Observed"),
    Weight("Minor", "Past", "Observed"),
)
_HARDEST = replace(_HARD, severity="Extreme")
_NOTICES = tuple(template for template in Template if template not in ORDERS)
_OWN: Mapping[str, Mapping[int, Weight]] = {
    "earthquake": {  # by 震度: 5 is 5弱, 7 is 6弱, 9 is 7 (kinds.py)
        **dict.fromkeys((7, 8, 9), _HARDEST),
        **dict.fromkeys((5, 6), _HARD),
        4: _FELT,
        **dict.fromkeys((1, 2, 3), _SLIGHT),
    },
    "long_period_motion": {4: _HARD, 3: _FELT, 2: _SLIGHT, 1: _SLIGHT},
    "tsunami": {
        5: Weight("Extreme", "Immediate", "Likely"),
        3: Weight("Severe", "Immediate", "Likely"),
        2: Weight("Moderate", "Immediate", "Likely"),
        1: Weight("Minor", "Expected", "Likely"),
    },
    "nankai_trough": {  # a greater chance than on other days, no forecast
        5: Weight("Extreme", "Future", "Possible"),
        4: Weight("Severe", "Future", "Possible"),
        2: Weight("Moderate", "Future", "Possible"),
        1: Weight("Minor", "Future", "Possible"),
    },
    **{notice: {2: Weight("Minor", "Immediate", "Observed")} for notice in _NOTICES},  # the city says what is so
}
_MEASURED = frozenset({"record_rain", "linear_rainband", "short_heavy_snow"})  # has happened, is no forecast
_ENDED = Weight("Minor", "Past", "Observed")
_WRONG = Weight("Unknown", "Past", "Unlikely")


def weight_of(revision: Revision) -> Weight:
    """The three words of a revision."""
    if revision.change is Change.END:
        return _ENDED
    if revision.change is Change.RETRACT:
        return _WRONG
    scale = _OWN.get(revision.hazard, _LEVELS)
    found = scale.get(revision.level or revision.rank, UNKNOWN)
    return replace(found, certainty="Observed") if revision.hazard in _MEASURED else found
