"""What a form of the shelter's page says."""

import unicodedata

from alerts.shelter.opening import OpeningState
from alerts.shelter.report import KEEP, OpeningReport
from api.office.forms import Fields

_MOST_DIGITS = 6


def said(fields: Fields) -> OpeningReport | None:
    """The report: a state or a number of people, and the version that was looked at; None for anything else."""
    seen, people, word = number(fields.text("seen")), fields.text("people"), fields.text("state")
    state = OpeningState(word) if word in set(OpeningState) else KEEP
    count = number(people) if people else KEEP
    if seen is None or count is None or (count is KEEP and state is KEEP):
        return None
    return OpeningReport(fields.text("facility")[:80], seen, state=state, occupancy=count)


def number(text: str) -> int | None:
    """Also in the full-width digits of a Japanese keyboard."""
    digits = unicodedata.normalize("NFKC", text).strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else None
