"""Rules as data: what the office writes is what `rules.toml` says, and every mistake names its row."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.city.problems import Problems
from alerts.city.rule import Rule, Telling
from alerts.city.rule_data import data_of, rules_from
from alerts.telegram.kinds import all_kinds

PACK = load_pack(bundled())
LANDSLIDE = {"id": "l", "hazards": ["landslide"], "tell": [{"groups": ["hazard_zone:foothill"], "because": "b"}]}


def found_in(rows: list[dict[str, Any]]) -> list[tuple[int | None, str]]:
    problems = Problems()
    rules_from(rows, PACK.places, problems)
    return [(problem.line, problem.message) for problem in problems.found]


def test_the_rules_of_the_pack_are_the_same_as_data(daito: CityPack) -> None:
    problems = Problems()
    again = rules_from([data_of(rule) for rule in daito.matching.rules], daito.places, problems)
    assert (again, problems.found) == (daito.matching.rules, [])


names = st.text("abc住道", min_size=1, max_size=4)
tellings = st.builds(
    Telling, st.lists(st.sampled_from(sorted(PACK.groups)), min_size=1, max_size=3).map(tuple), st.just("b")
)
rules = st.builds(
    Rule,
    id=names,
    hazards=st.just(frozenset({"river_flood"})),
    levels=st.frozensets(st.integers(2, 5)),
    codes=st.frozensets(st.sampled_from(sorted(code for hazard, code in all_kinds() if hazard == "river_flood"))),
    rivers=st.frozensets(st.sampled_from(["860604000600", "8606040006"])),
    stations=st.frozensets(names),
    sub_areas=st.frozensets(names),
    tell=st.lists(tellings, max_size=3).map(tuple),
    valid_from=st.none() | st.dates(date(2025, 1, 1), date(2026, 1, 1)),
    valid_to=st.none() | st.dates(date(2026, 1, 2), date(2030, 1, 1)),
)


@given(rules)
def test_every_rule_survives_being_kept(rule: Rule) -> None:
    problems = Problems()
    assert rules_from([data_of(rule)], PACK.places, problems) == (rule,)
    assert problems.found == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"id": "x"}, "hazards must be a list"),
        (LANDSLIDE | {"id": "x", "tell": []}, "names nobody; to tell the whole city at once write everybody_at_once"),
        ({"id": "x", "hazards": ["fog"]}, "tell must be a list of tables"),
        (LANDSLIDE | {"id": "x", "hazards": ["storm"], "codes": ["99"]}, "code '99' matches nothing"),
        (
            LANDSLIDE | {"id": "x", "hazards": ["storm"], "tell": [{"groups": ["no"], "because": "b"}]},
            "'no' is unknown",
        ),
        (LANDSLIDE | {"id": "x", "hazards": ["storm"], "valid_from": "soon"}, "valid_from must be a date"),
        (LANDSLIDE | {"hazards": ["storm"]}, "rule l stands here a second time; ids must differ where both are valid"),
        (LANDSLIDE | {"id": "x"}, "rule x never acts: rule l above takes all it speaks about"),
    ],
)
def test_a_mistake_names_its_row(row: dict[str, Any], expected: str) -> None:
    mistakes = found_in([LANDSLIDE, row])
    assert {line for line, _ in mistakes} == {2}
    assert any(expected in message for _, message in mistakes), mistakes


def test_a_rule_may_stand_twice_for_two_times() -> None:
    summer, winter = LANDSLIDE | {"valid_to": "2026-09-30"}, LANDSLIDE | {"valid_from": "2026-10-01"}
    assert found_in([summer, winter]) == []
    assert found_in([summer, LANDSLIDE | {"valid_from": "2026-09-30"}]) != []
