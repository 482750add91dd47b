"""Every type of the contract is catalogued, and types, titles and file names lead to each other."""

import pytest

from alerts.telegram import catalogue
from alerts.telegram.families import FAMILIES
from alerts.telegram.reading import Outcome

CONTRACT = {  # contract.md, "outcome of an actual telegram"
    Outcome.LIVE: """VPWW55 VPWW56 VPWW57 VPWW58 VPWW59 VPWW60 VPWW61 VXKO VXKO50 VXKO72 VXKO89 VPBS50 VPHW51 VPFT50
        VXSE51 VXSE53 VXSE62 VTSE41 VYSE50 VYSE51 VFVO53 VFVO54 VFVO55""",
    Outcome.DISPLAY: """VPFD51 VPFD61 VPFW50 VPFW60 VPFG50 VPWP50 VPZJ51 VPCJ51 VPFJ51 VPTW60 VPTW61 VPTW62 VPTW63
        VPTW64 VPTW65 VPTA50 VPTA51 VPTA52 VPTA53 VPTA54 VPTA55 VPTI50 VPTI51 VPTI52 VPAW51 VXSE52 VXSE56 VXSE60 VXSE61
        VTSE51 VTSE52 VYSE52 VZSE40""",
    Outcome.IGNORE: """VPWW50 VPWW53 VPWW54 VPNO50 VXWW50 VPOA50 VPFJ50 VPCJ50 VPZJ50 VPFD50 VPFD60 VPHW50 VPWS50
        VPTW40 VPTW41 VPTW50 VPTW51 VXSE42 VXSE43 VXSE44 VXSE45 VFVO50 VFVO51 VFVO52 VFVO56 VFVO60 VYSE60 VPRN50""",
    Outcome.HOLD: "VXSU VXSU50 VXSU59",
}


@pytest.mark.parametrize("outcome", CONTRACT)
def test_the_catalogue_keeps_the_contract(outcome: Outcome) -> None:
    names = CONTRACT[outcome].split()
    assert {name: catalogue.entries()[name].outcome for name in names} == dict.fromkeys(names, outcome)


def test_every_entry_says_why_and_is_found_by_its_title() -> None:
    for name, entry in catalogue.entries().items():
        assert entry.why.endswith(".")
        assert name in catalogue.types_of_title()[entry.title]


def test_what_is_live_displayed_or_prepared_has_a_reader_and_nothing_else_has() -> None:
    read = {name for name, entry in catalogue.entries().items() if entry.outcome in (Outcome.LIVE, Outcome.DISPLAY)}
    prepared = {name for name, entry in catalogue.entries().items() if entry.when_on}
    assert not read & prepared
    assert {name for name, entry in catalogue.entries().items() if entry.reader} == read | prepared
    assert {catalogue.entries()[name].reader for name in read | prepared} == FAMILIES.keys()


def test_what_is_prepared_says_that_it_is_switched_off() -> None:
    assert catalogue.prepared() == ("VXSU", "VXSE43", "VXSE44", "VXSE45")
    off = {name for name, entry in catalogue.entries().items() if "Prepared, switched off." in entry.why}
    assert off == {name for name, entry in catalogue.entries().items() if entry.when_on}
    assert {"VXSU50", "VXSU59"} < off
    assert "VXSE42" not in off, "the delivery test of early warning is nothing to show"


def test_types_that_share_a_title_are_told_apart_by_the_file_name_only() -> None:
    shared = {names for names in catalogue.types_of_title().values() if len({name[:6] for name in names}) > 1}
    families = {names[0] for names in shared}
    assert families == {"VXKO", "VXSU", "VFSV", "VYSE51", "VPTW60", "VPTA50", "VPTW40", "VPTW50"}


@pytest.mark.parametrize(
    ("file", "telegram_type"),
    [
        ("20260728094203_0_VPWW55_160000.xml", "VPWW55"),
        ("https://www.data.jma.go.jp/developer/xml/data/20260728094203_0_VPWW55_160000.xml", "VPWW55"),
        ("15_16_03_241226_VPWW55.xml", "VPWW55"),
        ("VPBS50_HJPNA202608270258.xml", "VPBS50"),
        ("16_01_01_220728_VXKOii.xml", "VXKO"),
        ("20260728094203_0_VXKO52_160000.xml", "VXKO52"),
        ("20300101000000_0_VPWW62_160000.xml", "VPWW62"),
        ("C:\\telegrams\\VPWW55.xml", "VPWW55"),
        ("folder/VPWW55/keiho.xml", None),
        ("vpww55_heavy-rain_lv2.xml", None),
        ("XVPWW55.xml", None),
        ("VPWW555.xml", None),
        ("VPWW5.xml", None),
        ("", None),
    ],
)
def test_the_type_in_a_file_name(file: str, telegram_type: str | None) -> None:
    assert catalogue.type_in_name(file) == telegram_type
