"""Reads `office.toml`: how the city's own alerts are told and let out (design.md §4, R6, R8)."""

from datetime import timedelta

from alerts.alert import Urgency
from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole
from alerts.office.approval import ApprovalRules
from alerts.office.policy import OfficePolicy
from alerts.wording.office_text import ORDERS, Template

_TOP_KEYS = (
    "version",
    "author",
    "date",
    "note",
    "break_glass_seconds",
    "submission_minutes",
    "draft_minutes",
    "longest_hours",
)
_TABLES = ("urgency", "push_lifetime_minutes")
_MOST_VERSIONS = 1_000_000
_DAY_MINUTES = 24 * 60
_WEEK_HOURS = 7 * 24
_LEAST_SECONDS, _MOST_SECONDS = 10, 600  # of waiting for an approver: neither none, nor a lost night


def read_office(files: PackFiles) -> OfficePolicy | None:
    """The city's, or that of `packs/base`; None, with problems noted, where the file is not TOML."""
    source = files.toml("office.toml", or_base=True)
    if source is None:
        return None
    top = whole(source, files.problems)
    top.only(*_TOP_KEYS, *_TABLES)
    top.integer("version", 1, _MOST_VERSIONS)
    top.text("author")
    top.day("date")
    top.text("note")
    return OfficePolicy(
        urgencies=_urgencies(top.section("urgency")),
        lifetimes=_lifetimes(top.section("push_lifetime_minutes")),
        approval=ApprovalRules(
            break_glass_after=timedelta(seconds=top.integer("break_glass_seconds", _LEAST_SECONDS, _MOST_SECONDS)),
            submission_lasts=timedelta(minutes=top.integer("submission_minutes", 1, _DAY_MINUTES)),
        ),
        draft_lasts=timedelta(minutes=top.integer("draft_minutes", 1, _DAY_MINUTES)),
        longest=timedelta(hours=top.integer("longest_hours", 1, _WEEK_HOURS)),
    )


def _urgencies(section: Section) -> dict[Template, Urgency]:
    """An order is critical, whatever the city writes: its addressees are always woken (design.md §4)."""
    section.only(*Template)
    table = {template: Urgency(section.choice(template, *Urgency)) for template in Template}
    for template in ORDERS:
        if table[template] is not Urgency.CRITICAL:
            section.problem(
                template, f"{template} is an evacuation order and must be critical; found {table[template]}"
            )
    return table


def _lifetimes(section: Section) -> dict[Template, timedelta]:
    section.only(*Template)
    return {template: timedelta(minutes=section.integer(template, 1, _DAY_MINUTES)) for template in Template}
