"""The shared telegrams and cases beside this repository, where they are there."""

import json
from pathlib import Path
from typing import Any

import pytest

from alerts.city.codes import CityCodes
from alerts.telegram import catalogue
from alerts.telegram.control import envelope_of, read_header
from alerts.telegram.envelope import Status
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.xml import BrokenTelegramError, parse

SHARED = Path(__file__).parents[3] / "shared"
TELEGRAMS = sorted((SHARED / "telegrams").glob("*/*.xml"))
if not TELEGRAMS:
    pytest.skip("../shared/telegrams is not beside this repository", allow_module_level=True)

CASES: list[dict[str, Any]] = json.loads((SHARED / "conformance" / "cases.json").read_text(encoding="utf-8"))
WITHOUT_SEND_TIME = {"warning_shuyaku_min.xml"}  # written by hand after VPWS50; no Control/DateTime


def city_of(case: dict[str, Any]) -> CityCodes:
    jma = case["city"]["jma"]
    return CityCodes(**case["city"]["city"], **{**jma, "rivers": tuple(jma["rivers"])})


def read(case: dict[str, Any]) -> Reading:
    file = SHARED / case["file"]
    return read_telegram(file.read_bytes(), file.name, city_of(case))


def answer(reading: Reading) -> dict[str, Any]:
    """The part of `bosai explain` that a case compares (contract.md)."""
    return {
        "type": reading.type,
        "status": reading.status.value,
        "info_type": reading.info_type.value,
        "outcome": reading.outcome.value,
        "notices": [
            {"hazard": each.hazard, "code": each.code, "level": each.level, "state": each.state.value}
            for each in reading.notices
        ],
    }


@pytest.mark.parametrize("file", TELEGRAMS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_shared_telegram_has_an_envelope_of_its_folders_type(file: Path) -> None:
    if file.name in WITHOUT_SEND_TIME:
        with pytest.raises(BrokenTelegramError, match="Control/DateTime"):
            envelope_of(read_header(parse(file.read_bytes()), file.name))
        return
    envelope = envelope_of(read_header(parse(file.read_bytes()), file.name))
    assert envelope.type in catalogue.entries()
    assert envelope.type == file.parent.name
    assert envelope.status is not Status.UNKNOWN
    assert envelope.unit is not None or catalogue.entries()[file.parent.name].outcome is Outcome.IGNORE


def test_every_shared_telegram_bears_the_title_of_its_type() -> None:
    printed = {file: parse(file.read_bytes())[0].findtext("{*}Title") or "" for file in TELEGRAMS}
    catalogued = {file: catalogue.entries()[file.parent.name].title for file in TELEGRAMS}
    assert {file: title.strip() for file, title in printed.items()} == catalogued


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['expect']['type']}-{case['city']['city']['name']}-{case['why'][:40]}"
)
def test_a_case_reads_as_expected(case: dict[str, Any]) -> None:
    got, expected = answer(read(case)), case["expect"]
    assert sorted(got.pop("notices"), key=str) == sorted(expected["notices"], key=str)
    assert got == {key: value for key, value in expected.items() if key != "notices"}
