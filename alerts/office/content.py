"""What an officer's alert says, before it is words: kind, where, why, shelters, until when (issue 8.2, R7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Change
from alerts.wording.office_text import ORDERS, SERVICES, Template

MAX_WRITTEN = 600  # characters of an officer's own words
OWN_WORDS = frozenset({Template.FREE, Template.MISSING_PERSON})  # say nothing without them
CHANGES: dict[bool, frozenset[Change]] = {  # by whether it is an order: what else is never raised or lowered
    True: frozenset(Change),
    False: frozenset({Change.ISSUE, Change.CORRECT, Change.END, Change.RETRACT}),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What must be filled in, or shortened, before it can be said; `field` is the form's, `message` Japanese."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Content:
    """One revision of an office's alert. Districts and shelters are ids of the pack and of the list of places.

    `districts` None is the whole city, which only a tick of its own says (R7): no district at all is a gap. A draft
    is saved with gaps and goes nowhere with them.
    """

    template: Template
    districts: tuple[str, ...] | None
    expires_at: datetime  # no push after it, and nothing without an order stands longer (R22)
    hazard: str | None = None  # why: a hazard of the phrase tables
    service: str | None = None  # of a lifeline: one of SERVICES
    shelters: tuple[str, ...] = ()  # facilities
    written: str = ""  # the officer's own words, Japanese

    def gaps(self) -> Iterator[Gap]:
        """What a resident would miss, or could not read (R7, R8)."""
        if self.districts == ():
            yield Gap("districts", "地区が選ばれていません。地区を選ぶか、「市内全域」を選んでください。")
        if self.template is Template.LIFELINE and self.service not in SERVICES:
            yield Gap("service", "何が使えないのか（水道・電気など）を選んでください。")
        if self.template is Template.SHELTER_OPENING and not self.shelters:
            yield Gap("shelters", "避難所が選ばれていません。開設する避難所を選んでください。")
        if self.template in OWN_WORDS and not self.written.strip():
            yield Gap("written", "本文が入力されていません。お知らせする内容を書いてください。")
        if len(self.written) > MAX_WRITTEN:
            yield Gap("written", f"本文は{MAX_WRITTEN}文字以内にしてください（現在{len(self.written)}文字）。")

    @property
    def is_whole(self) -> bool:
        """Whether it can be said."""
        return next(self.gaps(), None) is None

    @property
    def level(self) -> int | None:
        """The 警戒レベル that it orders; None if it orders none."""
        return ORDERS.get(self.template)

    @property
    def is_order(self) -> bool:
        """Whether it is 避難情報, which only the city gives and only the city ends."""
        return self.template in ORDERS

    @property
    def is_approved_before(self) -> bool:
        """Whether it is a template as it was reviewed, with no words of the officer's own (R6)."""
        return not self.written.strip() and self.template not in OWN_WORDS
