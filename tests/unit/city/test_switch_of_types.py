"""A city switches on types of telegrams that are prepared, and nothing else (city.toml, `switched_on`)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.city.pack import PackProblem, load_pack

Edit = Callable[[str, str, str], list[PackProblem]]

CITY = "[jma]\n"
RIVER = '"860604000102", # 淀川'


def edit(folder: Path, *changes: tuple[str, str]) -> None:
    file = folder / "city.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def test_a_city_that_says_nothing_has_switched_nothing_on(folder: Path) -> None:
    assert load_pack(folder).codes.switched_on == ()


def test_what_is_prepared_can_be_switched_on(folder: Path) -> None:
    edit(folder, (CITY, f'{CITY}switched_on = ["VXSU", "VXSE43", "VXSU"]\n'))
    assert load_pack(folder).codes.switched_on == ("VXSU", "VXSE43")


@pytest.mark.parametrize("name", ["VPWW53", "VXSE42", "VXSU52", "VPXX99", ""])
def test_anything_else_is_refused_with_its_line(name: str, folder: Path, problems_after: Edit) -> None:
    (problem,) = problems_after("city.toml", CITY, f'{CITY}switched_on = ["VXSU", "{name}"]\n')
    assert problem.message == f"{name!r} cannot be switched on; prepared are: VXSU, VXSE43, VXSE44, VXSE45"
    assert problem.line is not None
    lines = (folder / "city.toml").read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].startswith("switched_on")


def test_a_list_is_expected(problems_after: Edit) -> None:
    (problem,) = problems_after("city.toml", CITY, f'{CITY}switched_on = "VXSU"\n')
    assert problem.message == "switched_on must be a list of texts in quotes; found 'VXSU'"


def test_a_river_of_ten_digits_needs_the_switch_of_notified_rivers(folder: Path, problems_after: Edit) -> None:
    (problem,) = problems_after("city.toml", RIVER, f'{RIVER}\n  "8606049900",')
    assert "rivers must be a string of 12 digits" in problem.message
    edit(folder, (CITY, f'{CITY}switched_on = ["VXSU"]\n'))
    assert "8606049900" in load_pack(folder).codes.rivers
