"""The office changes the matching rules: a version is made, never changed, and may be brought back (decision 15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from alerts.city.matching import MatchingRules
from alerts.city.problems import PackError, Problems
from alerts.city.rule import Rule
from alerts.city.rule_data import data_of, rules_from
from alerts.service import audit
from alerts.service.people.acting import CONSOLE, Actor
from alerts.service.rules import of_the_pack, version, versions
from alerts.service.services import Services
from alerts.store.database import Database, run
from alerts.store.rule_versions import RuleVersion
from alerts.store.unit_of_work import UnitOfWork
from alerts.times import japan_day
from alerts.world import require_drill, require_live


class RulesChangedError(Exception):
    """Somebody made a version after the one that was edited: it would be lost."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Rules that somebody wants to act; `based_on` is the version that was edited."""

    author: str
    note: str
    based_on: int
    rules: Sequence[Mapping[str, Any]]
    restores: int | None = None


def checked(services: Services, draft: Sequence[Mapping[str, Any]]) -> MatchingRules:
    """A draft as rules, under the number that it would get. Raises `PackError`: each problem names its row as line."""
    problems = Problems()
    rules = rules_from(draft, services.pack.places, problems)
    _refuse_unsaid(services, rules, problems)
    if problems.found:
        raise PackError(tuple(problems.found))
    number = versions(services)[0].version + 1
    return MatchingRules(number, "", japan_day(services.clock.now()), "", rules, services.pack.places)


def change(services: Services, draft: Draft, actor: Actor = CONSOLE) -> RuleVersion:
    """Makes a version that acts from the next telegram on. Raises `PackError` and `RulesChangedError`."""
    require_live(services.world)
    made = checked(services, draft.rules)
    return run(services.database, partial(_add, services, draft, made, actor))


def restore(services: Services, number: int, draft: Draft, actor: Actor = CONSOLE) -> RuleVersion:
    """Brings an old version's rules back, as a new version. Raises `UnknownRulesError`, and what `change` raises."""
    old = version(services, number)
    again = Draft(draft.author, draft.note, draft.based_on, old.rules, restores=number)
    return change(services, again, actor)


def rehearse(live: Services, drill: Services) -> int:
    """Gives a drill world the versions that the live world has; returns how many were new there (R1: nothing back)."""
    require_live(live.world)
    require_drill(drill.world)
    return take_over(live.database, drill.database)


def take_over(known: Database, other: Database) -> int:
    """Puts the versions of one database into another one; returns how many were new there."""
    with known.read() as uow:
        found = uow.rules.all()
    with other.write() as uow:
        return sum(uow.rules.add(one) for one in reversed(found))


def _refuse_unsaid(services: Services, rules: Sequence[Rule], problems: Problems) -> None:
    """A step whose reason no language can say would come without one."""
    for row, rule in enumerate(rules, start=1):
        for key in sorted({step.because for step in rule.tell}):
            silent = [tag for tag, table in services.wording.tables.items() if f"because.{key}" not in table.phrases]
            if key and silent:
                message = f"because {key!r} has no phrase in {', '.join(sorted(silent))}"
                problems.add("rules", row, message)


def _add(services: Services, draft: Draft, made: MatchingRules, actor: Actor, uow: UnitOfWork) -> RuleVersion:
    """The first version of the office keeps that of the pack beside it, so that it can be brought back."""
    newest = uow.rules.newest() or of_the_pack(services)
    uow.rules.add(newest)
    rules = [data_of(rule) for rule in made.rules]
    new = RuleVersion(newest.version + 1, draft.author, draft.note, services.clock.now(), draft.restores, rules)
    if newest.version != draft.based_on or not uow.rules.add(new):
        raise RulesChangedError(f"version {newest.version} acts now, not {draft.based_on}: look at it and edit that")
    uow.alarms.clear("rules", services.clock.now())
    said = {
        "version": new.version,
        "author": new.author,
        "note": new.note,
        "restores": new.restores,
        "rules": new.rules,
    }
    audit.record(uow, actor, "rules.change", {"version": newest.version}, said, services.clock.now())
    return new
