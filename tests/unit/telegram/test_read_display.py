"""What is shown in the app and never pushed (contract.md, `display`)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.telegram import catalogue
from alerts.telegram.display.content import DisplayKind
from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

OWN_DISPLAYS = [
    file
    for file in sorted((Path(__file__).parents[2] / "telegrams").glob("*.xml"))
    if catalogue.entries()[file.name.split("_")[2]].outcome is Outcome.DISPLAY
]
DISPLAYED = [name for name, entry in catalogue.entries().items() if entry.outcome is Outcome.DISPLAY]


@pytest.mark.parametrize("telegram_type", DISPLAYED)
def test_every_displayed_type_says_what_it_is_and_has_no_notices(telegram_type: str, own: Own, read: Read) -> None:
    title = f"<Title>{catalogue.entries()[telegram_type].title}</Title>"
    event = ("<EventID></EventID>", "<EventID>JPOS260012</EventID>")
    reading = read(own("VPFG50", ("<Title>府県天気概況</Title>", title), event), f"{telegram_type}.xml")
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.DISPLAY, (), frozenset())
    assert reading.reason.startswith(f"{telegram_type} ")
    assert reading.reason.endswith(": 大阪府天気概況.")
    assert reading.display is not None


def test_r16_an_empty_body_is_held(own: Own, read: Read) -> None:
    raw = own("VPFG50")
    start, end = raw.index(b"<Comment>"), raw.index(b"</Comment>") + len(b"</Comment>")
    reading = read(raw[:start] + raw[end:])
    assert reading.outcome is Outcome.HOLD
    assert reading.reason == "Broken: VPFG50 has no Body or an empty one."


@pytest.mark.parametrize("telegram_type", ["VPFD51", "VPFW50", "VPFD61", "VPFW60"])
def test_r16_a_forecast_of_the_own_office_without_its_area_is_broken_and_another_offices_is_not(
    telegram_type: str, own: Own, read: Read
) -> None:
    elsewhere = own(telegram_type, ("<Code>270000</Code>", "<Code>280000</Code>"))
    held = read(elsewhere, f"20260702080000_0_{telegram_type}_270000.xml")
    assert held.outcome is Outcome.HOLD
    assert held.reason == f"Broken: {telegram_type} is of 大東市's own office 270000 without its area."
    assert held.display is None
    assert read(elsewhere, f"20260702080000_0_{telegram_type}_280000.xml").outcome is Outcome.DISPLAY
    withdrawn = read(own(telegram_type, ("発表", "取消")), f"20260702080000_0_{telegram_type}_270000.xml")
    assert withdrawn.outcome is Outcome.DISPLAY


def test_a_withdrawn_one_is_displayed_as_withdrawn(own: Own, read: Read) -> None:
    reading = read(own("VPFG50", ("発表", "取消")))
    assert (reading.outcome, reading.hazards) == (Outcome.DISPLAY, frozenset())
    assert "withdraws" in reading.reason
    assert reading.display is not None
    assert reading.display.content is None


@pytest.mark.parametrize("file", OWN_DISPLAYS, ids=lambda file: file.name)
def test_an_own_display_telegram_is_shown_and_says_nothing_to_push(file: Path, read: Read) -> None:
    reading = read(file.read_bytes(), file.name)
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.DISPLAY, (), frozenset())
    assert reading.display is not None
    assert reading.display.content, reading.reason
    assert reading.display.valid_until.tzinfo is not None
    assert json.loads(json.dumps(reading.display.content)) == reading.display.content


@pytest.mark.parametrize("file", OWN_DISPLAYS, ids=lambda file: file.name)
def test_r1_an_exercise_is_a_drill_under_a_key_of_its_own(file: Path, read: Read) -> None:
    actual = read(file.read_bytes(), file.name)
    drill = read(file.read_bytes().replace("通常".encode(), "訓練".encode(), 1), file.name)
    assert drill.outcome is Outcome.DRILL
    assert drill.display is not None
    assert actual.display is not None
    assert drill.display.key == actual.display.key.replace("/actual/", "/exercise/") != actual.display.key


def test_notices_of_jma_are_for_operators(own: Own, read: Read) -> None:
    reading = read(own("VZSE40"))
    assert reading.reason == "VZSE40 is shown to operators and never pushed: 地震・津波に関するお知らせ."
    assert reading.display is not None
    assert reading.display.kind is DisplayKind.NOTICE


def test_a_typhoon_keeps_its_place_when_its_type_changes(own: Own, read: Read) -> None:
    first, second = (read(own("VPTW60"), f"20260702063500_0_{name}_010000.xml") for name in ("VPTW60", "VPTW61"))
    assert first.display is not None
    assert second.display is not None
    assert first.display.key == second.display.key == "typhoon/VPTW/actual/TC2607"
