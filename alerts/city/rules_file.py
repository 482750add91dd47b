"""Reads `rules.toml`: which districts are told first about which hazard (design.md §4)."""

from collections.abc import Collection, Mapping, Sequence

from alerts.city.district import Group
from alerts.city.matching import MatchingRules, Rule, Telling
from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole
from alerts.telegram.kinds import all_kinds

_TOP_KEYS = ("version", "author", "date", "note", "rule")
_RULE_KEYS = ("id", "hazards", "levels", "codes", "tell")
_LEVELS = frozenset({2, 3, 4, 5})
_MOST_VERSIONS = 1_000_000


def read_rules(files: PackFiles, groups: Mapping[str, Group], districts: Sequence[str]) -> MatchingRules:
    """The city's rules; a city without `rules.toml` tells everybody at once."""
    source = files.toml("rules.toml")
    if source is None:
        return MatchingRules(0, "", None, "no rules: everybody at once", (), groups, tuple(districts))
    top = whole(source, files.problems)
    top.only(*_TOP_KEYS)
    hazards = frozenset(hazard for hazard, _ in all_kinds())
    sections = list(top.sections("rule"))
    rules = [_rule(section, hazards, groups) for section in sections]
    for index, section in enumerate(sections):
        _refuse_unreachable(section, rules[index], rules[:index])
    return MatchingRules(
        version=top.integer("version", 1, _MOST_VERSIONS),
        author=top.text("author"),
        day=top.day("date"),
        note=top.text("note"),
        rules=tuple(rules),
        groups=groups,
        districts=tuple(districts),
    )


def _rule(section: Section, hazards: Collection[str], groups: Mapping[str, Group]) -> Rule:
    section.only(*_RULE_KEYS)
    rule = Rule(
        id=section.text("id"),
        hazards=frozenset(section.texts("hazards")),
        levels=frozenset(section.integers("levels")),
        codes=frozenset(section.texts("codes", default=())),
        tell=tuple(_telling(step, groups) for step in section.sections("tell")),
    )
    for hazard in sorted(rule.hazards - set(hazards)):
        section.problem("hazards", f"hazard {hazard!r} is unknown; expected one of: {', '.join(sorted(hazards))}")
    if not rule.hazards:
        section.problem("hazards", "a rule without a hazard matches nothing")
    if rule.levels - _LEVELS:
        section.problem("levels", f"levels must be among 2, 3, 4, 5; found {sorted(rule.levels)}")
    return rule


def _telling(section: Section, groups: Mapping[str, Group]) -> Telling:
    section.only("groups", "because")
    telling = Telling(groups=section.texts("groups"), because=section.text("because"))
    for group in telling.groups:
        if group not in groups:
            section.problem("groups", f"group {group!r} is unknown; layers.toml has {', '.join(groups) or 'none'}")
    return telling


def _refuse_unreachable(section: Section, rule: Rule, earlier: Sequence[Rule]) -> None:
    """The first rule that fits decides, so a rule whose every case an earlier one takes would never act."""
    for other in earlier:
        if other.id == rule.id:
            section.problem("id", f"rule {rule.id} stands here a second time; ids must differ")
        covers_levels = not other.levels or (rule.levels and rule.levels <= other.levels)
        covers_codes = not other.codes or (rule.codes and rule.codes <= other.codes)
        if rule.hazards <= other.hazards and covers_levels and covers_codes:
            section.problem(None, f"rule {rule.id} never acts: rule {other.id} above takes all it speaks about")
