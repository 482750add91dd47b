"""The city's rules for its own alerts: how urgent, how long, how long anybody is waited for (design.md §4, R6, R8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from alerts.alert import Change, Urgency, most_urgent
from alerts.office.approval import ApprovalRules
from alerts.wording.office_text import Template

_QUIETER = frozenset({Change.LOWER, Change.END})  # ends and step-downs are normal (design.md §4)


@dataclass(frozen=True, slots=True)
class OfficePolicy:
    """One version, from the pack's `policy.toml`."""

    urgencies: Mapping[Template, Urgency]
    lifetimes: Mapping[Template, timedelta]  # a push is worth sending so long after its approval (R22)
    approval: ApprovalRules
    draft_lasts: timedelta  # untouched
    longest: timedelta  # that an alert may be given

    def urgency(self, template: Template, change: Change, before: Template | None) -> Urgency:
        """How a revision reaches the phone: what withdraws is as urgent as what it withdraws."""
        if change in _QUIETER:
            return Urgency.NORMAL
        own = self.urgencies[template]
        return most_urgent(own, self.urgencies[before]) if before and change is not Change.ISSUE else own
