"""Reads `rules.toml`: which districts are told first about which hazard (design.md §4)."""

from collections.abc import Sequence

from alerts.city.gazetteer import Gazetteer
from alerts.city.matching import MatchingRules
from alerts.city.pack_files import PackFiles
from alerts.city.rule import Rule, Telling
from alerts.city.rule_checks import mistakes_in
from alerts.city.toml_section import Section, whole

_TOP_KEYS = ("version", "author", "date", "note", "rule")
_RULE_KEYS = ("id", "hazards", "levels", "codes", "rivers", "stations", "sub_areas", "tell", "valid_from", "valid_to")
_SWITCHES = ("everybody_at_once", "others_one_step_lower")
_MOST_VERSIONS = 1_000_000


def read_rules(files: PackFiles, places: Gazetteer) -> MatchingRules:
    """The city's rules; a city without `rules.toml` tells everybody at once."""
    source = files.toml("rules.toml")
    if source is None:
        return MatchingRules(0, "", None, "no rules: everybody at once", (), places)
    top = whole(source, files.problems)
    top.only(*_TOP_KEYS)
    return MatchingRules(
        version=top.integer("version", 1, _MOST_VERSIONS),
        author=top.text("author"),
        day=top.day("date"),
        note=top.text("note"),
        rules=rules_in(top, places),
        places=places,
    )


def rules_in(top: Section, places: Gazetteer) -> tuple[Rule, ...]:
    """The entries of `rule`; what is wrong in one is noted as a problem at its place."""
    sections = list(top.sections("rule"))
    rules = tuple(_rule(section, places) for section in sections)
    for index, section in enumerate(sections):
        _refuse_unreachable(section, rules[index], rules[:index])
    return rules


def _rule(section: Section, places: Gazetteer) -> Rule:
    section.only(*_RULE_KEYS, *_SWITCHES)
    everybody = section.flag("everybody_at_once")
    steps = () if everybody else tuple(section.sections("tell"))
    rule = Rule(
        id=section.text("id"),
        hazards=frozenset(section.texts("hazards")),
        levels=frozenset(section.integers("levels")),
        codes=frozenset(section.texts("codes", default=())),
        rivers=frozenset(section.texts("rivers", default=())),
        stations=frozenset(section.texts("stations", default=())),
        sub_areas=frozenset(section.texts("sub_areas", default=())),
        tell=tuple(_telling(step, places) for step in steps),
        rest_lowered=section.flag("others_one_step_lower"),
        valid_from=section.day("valid_from", required=False),
        valid_to=section.day("valid_to", required=False),
    )
    _refuse_nobody_named(section, rule, everybody=everybody)
    for key, message in mistakes_in(rule, places):
        section.problem(key, message)
    return rule


def _telling(section: Section, places: Gazetteer) -> Telling:
    section.only("groups", "because", "one_step_lower")
    groups, because = section.texts("groups"), section.text("because")
    known = ", ".join(places.groups) or "none"
    if not groups:
        section.problem("groups", "groups is empty; name the groups that are told, or leave the step out")
    for group in groups:
        if group not in places.groups:
            section.problem("groups", f"group {group!r} is unknown; layers.toml has {known}")
    return Telling(groups, because, lowered=section.flag("one_step_lower"))


def _refuse_nobody_named(section: Section, rule: Rule, *, everybody: bool) -> None:
    """That everybody is told at once must be said, not left out (R7)."""
    if everybody and "tell" in section.values:
        section.problem("everybody_at_once", "everybody_at_once and tell exclude each other; keep one")
    elif not everybody and "tell" in section.values and not rule.tell:
        section.problem("tell", f"rule {rule.id} names nobody; to tell the whole city at once write everybody_at_once")


def _refuse_unreachable(section: Section, rule: Rule, earlier: Sequence[Rule]) -> None:
    """The first rule that fits decides, so a rule whose every case an earlier one takes would never act."""
    for other in earlier:
        if other.id == rule.id and other.overlaps(rule):
            section.problem("id", f"rule {rule.id} stands here a second time; ids must differ where both are valid")
        if other.covers(rule):
            section.problem(None, f"rule {rule.id} never acts: rule {other.id} above takes all it speaks about")
