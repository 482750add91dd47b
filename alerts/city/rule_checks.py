"""What is wrong in one matching rule: conditions no telegram meets, and steps that design.md §4 does not allow."""

from collections.abc import Callable, Iterator

from alerts.city.gazetteer import Gazetteer
from alerts.city.rule import NEVER_LOWERED, Rule
from alerts.telegram.kinds import all_kinds, levels_of

_FLOOD = "river_flood"
_FLOOD_ONLY = ("rivers", "stations", "sub_areas")
_LEVELS = frozenset({2, 3, 4, 5})
_RIVER_DIGITS = 10  # of one river; a forecast area has 12 and must stand in the city file

Mistakes = Iterator[tuple[str, str]]  # the key, and what is wrong with it


def mistakes_in(rule: Rule, places: Gazetteer) -> Mistakes:
    """Everything wrong with a rule by itself."""
    for check in _CHECKS:
        yield from check(rule, places)


def _hazards(rule: Rule, _: Gazetteer) -> Mistakes:
    known = sorted({hazard for hazard, _ in all_kinds()})
    if not rule.hazards:
        yield "hazards", "a rule without a hazard matches nothing"
    for hazard in sorted(rule.hazards - set(known)):
        yield "hazards", f"hazard {hazard!r} is unknown; expected one of: {', '.join(known)}"


def _levels(rule: Rule, _: Gazetteer) -> Mistakes:
    if rule.levels - _LEVELS:
        yield "levels", f"levels must be among 2, 3, 4, 5; found {sorted(rule.levels)}"
    elif rule.levels and not rule.levels & levels_of(rule.hazards):
        yield "levels", "matches nothing: none of its hazards has one of these levels"


def _codes(rule: Rule, _: Gazetteer) -> Mistakes:
    for code in sorted(rule.codes):
        if not any((hazard, code) in all_kinds() for hazard in rule.hazards):
            yield "codes", f"code {code!r} matches nothing: none of its hazards has it"


def _rivers(rule: Rule, places: Gazetteer) -> Mistakes:
    for key in _FLOOD_ONLY:
        if getattr(rule, key) and rule.hazards != {_FLOOD}:
            yield key, f"{key} matches nothing but {_FLOOD}; make a rule for it alone"
    for river in sorted(rule.rivers - places.rivers):
        if len(river) != _RIVER_DIGITS or not river.isdigit():
            known = ", ".join(sorted(places.rivers)) or "none"
            yield "rivers", f"river {river!r} is unknown; city.toml has {known}, and a single river has ten digits"


def _steps(rule: Rule, places: Gazetteer) -> Mistakes:
    lowered = [*(step.lowered for step in rule.tell), rule.rest_lowered]
    if not any(lowered):
        return
    if lowered[0] or lowered != sorted(lowered):
        yield "tell", "who is told first is told with full urgency, and nobody told later more urgently than one before"
    for hazard in sorted(rule.hazards & NEVER_LOWERED):
        yield "hazards", f"nobody may be told less urgently about {hazard} (design.md §4)"
    for group in sorted(rule.groups & places.groups.keys() - places.official):
        yield "tell", f"group {group} is not of an official layer, so nobody may be told less urgently by it"


def _validity(rule: Rule, places: Gazetteer) -> Mistakes:
    begin, end = rule.validity
    if end < begin:
        yield "valid_to", f"valid_to {end} lies before valid_from {begin}: the rule matches nothing"
    for group in sorted(rule.groups & places.groups.keys()):
        layer = places.layers[places.groups[group].layer]
        if begin < (layer.valid_from or begin) and rule.valid_from:
            yield "valid_from", f"group {group} is of layer {layer.id}, which begins only on {layer.valid_from}"
        if layer.valid_to and end > layer.valid_to:
            yield (
                "valid_to",
                f"group {group} is of layer {layer.id}, which ends on {layer.valid_to}: end the rule by then",
            )


_CHECKS: tuple[Callable[[Rule, Gazetteer], Mistakes], ...] = (_hazards, _levels, _codes, _rivers, _steps, _validity)
