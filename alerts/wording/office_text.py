"""What the city's office can say: templates, and what an officer fills in (issue 8.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.alert import Change
from alerts.wording.places import Place


class Template(StrEnum):
    """What an office can say (issue 8.2)."""

    EVACUATION_ELDERLY = "evacuation_elderly"  # 警戒レベル３ 高齢者等避難
    EVACUATION_ORDER = "evacuation_order"  # 警戒レベル４ 避難指示
    EMERGENCY_SAFETY = "emergency_safety"  # 警戒レベル５ 緊急安全確保
    SHELTER_OPENING = "shelter_opening"
    LIFELINE = "lifeline"
    MISSING_PERSON = "missing_person"
    FREE = "free"


ORDERS: Mapping[Template, int] = {  # 避難情報 and their levels (jma.md §3.7): only the city gives them
    Template.EVACUATION_ELDERLY: 3,
    Template.EVACUATION_ORDER: 4,
    Template.EMERGENCY_SAFETY: 5,
}
_OWN_WORDS = frozenset({Template.FREE, Template.MISSING_PERSON})
_OVER = frozenset({Change.END, Change.RETRACT})
SERVICES = ("water", "power", "gas", "phone", "sewage", "road", "railway")


@dataclass(frozen=True, slots=True)
class OfficeText:
    """One revision of an office's alert. `districts` None is the whole city, said explicitly (R7)."""

    template: Template
    change: Change
    districts: tuple[Place, ...] | None
    issued_at: datetime
    hazard: str | None = None  # why: a hazard of the tables
    service: str | None = None  # of a lifeline: one of SERVICES
    shelters: tuple[Place, ...] = ()
    written: str = ""  # the officer's own words, Japanese

    def __post_init__(self) -> None:
        """Refuses a text with nothing to say or a gap in it (R8); the message tells the officer what is missing."""
        if self.districts == ():
            raise ValueError("no district is chosen: choose districts, or the whole city")
        if self.template is Template.LIFELINE and self.service not in SERVICES:
            raise ValueError(f"a lifeline text names what is out, one of: {', '.join(SERVICES)}")
        if self.template is Template.SHELTER_OPENING and not self.shelters:
            raise ValueError("a shelter text names the shelters")
        if self.template in _OWN_WORDS and self.change not in _OVER and not self.written.strip():
            raise ValueError("a text of one's own must not be empty")
        if self.level is None and self.change in {Change.RAISE, Change.LOWER}:
            raise ValueError(f"only an order is raised or lowered, not {self.template}")

    @property
    def level(self) -> int | None:
        """The 警戒レベル that it orders; None if it orders none."""
        return ORDERS.get(self.template)
