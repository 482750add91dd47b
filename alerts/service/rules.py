"""The city's matching rules as they act now: the office's newest version, else those of the pack (design.md §4)."""

from datetime import datetime, time

from alerts.city.matching import MatchingRules
from alerts.city.problems import PackProblem, Problems
from alerts.city.rule import Rule
from alerts.city.rule_data import data_of, rules_from
from alerts.service.services import Services
from alerts.store.rule_versions import RuleVersion
from alerts.store.unit_of_work import UnitOfWork
from alerts.times import JST, japan_day


class UnknownRulesError(LookupError):
    """There is no version of this number."""


def acting(services: Services, uow: UnitOfWork) -> MatchingRules:
    """The rules that decide. A rule that no longer fits the pack is left out and alarmed: then everybody is told."""
    matching, problems = known(services, uow)
    if problems:
        text = f"version {matching.version} of the rules does not fit the city pack: {problems[0]}"
        uow.alarms.raise_("rules", "rules", text, services.clock.now())
    elif matching is not services.pack.matching:
        uow.alarms.clear("rules", services.clock.now())
    return matching


def known(services: Services, uow: UnitOfWork) -> tuple[MatchingRules, tuple[PackProblem, ...]]:
    """The rules that decide, and which of their rows do not fit the pack; changes nothing."""
    newest = uow.rules.newest()
    return read(services, newest) if newest else (services.pack.matching, ())


def read(services: Services, version: RuleVersion) -> tuple[MatchingRules, tuple[PackProblem, ...]]:
    """A kept version, without the rows that do not fit the pack, and what is wrong with them."""
    problems = Problems()
    rules = rules_from(version.rules, services.pack.places, problems)
    wrong = {problem.line for problem in problems.found}
    kept = tuple(rule for row, rule in enumerate(rules, start=1) if row not in wrong)
    return _matching(services, version, kept), tuple(problems.found)


def versions(services: Services) -> list[RuleVersion]:
    """Every version, the newest first: it acts. Only that of the pack where the office has made none."""
    with services.database.read() as uow:
        return uow.rules.all() or [of_the_pack(services)]


def of_the_pack(services: Services) -> RuleVersion:
    """The rules as the city pack brings them; they act until the office makes a version."""
    pack = services.pack.matching
    made_at = datetime.combine(pack.day, time.min, JST) if pack.day else services.clock.now()
    return RuleVersion(pack.version, pack.author, pack.note, made_at, None, [data_of(rule) for rule in pack.rules])


def version(services: Services, number: int) -> RuleVersion:
    """One version. Raises `UnknownRulesError`."""
    found = next((one for one in versions(services) if one.version == number), None)
    if found is None:
        raise UnknownRulesError(f"there is no version {number} of the rules")
    return found


def _matching(services: Services, version: RuleVersion, rules: tuple[Rule, ...]) -> MatchingRules:
    day = japan_day(version.made_at)
    return MatchingRules(version.version, version.author, day, version.note, rules, services.pack.places)
