"""Whatever is dropped, doubled or moved in a telegram: a reading comes out, and only who is named is alerted (R16)."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.notice import NoticeState
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

OWN_TELEGRAMS = sorted((Path(__file__).parents[2] / "telegrams").glob("*.xml"))
RAW = {file.name: file.read_bytes() for file in OWN_TELEGRAMS}
WORDS = [
    "",
    "0",
    "1",
    "51",
    "99",
    "2721800",
    "270000",
    "通常",
    "訓練",
    "取消",
    "震度５弱以上未入電",
    "-",
    "【警戒レベル】",
]
NATIONAL = "VYSE"  # names no place: it concerns every city


def damaged(data: st.DataObject, raw: bytes) -> bytes:
    """The telegram with some elements dropped, doubled, swapped or given another text."""
    root = etree.parse(BytesIO(raw)).getroot()
    for _ in range(data.draw(st.integers(1, 5))):
        elements = list(root.iter(etree.Element))[1:]
        if not elements:
            break
        element = data.draw(st.sampled_from(elements))
        data.draw(st.sampled_from([drop, double, reverse]) | st.sampled_from(WORDS).map(with_text))(element)
    return etree.tostring(root, encoding="UTF-8")


def drop(element: etree._Element) -> None:
    element.getparent().remove(element)


def double(element: etree._Element) -> None:
    element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))


def reverse(element: etree._Element) -> None:
    element[:] = element[::-1]


def with_text(text: str) -> Callable[[etree._Element], None]:
    def change(element: etree._Element) -> None:
        element.text = text

    return change


def check(reading: Reading) -> None:
    """What holds for every reading (contract.md, design.md §3)."""
    assert reading.reason
    if reading.notices or reading.hazards:
        assert reading.envelope is not None
        assert reading.envelope.unit is not None
        assert reading.outcome in {Outcome.LIVE, Outcome.HOLD, Outcome.DRILL}
    if reading.outcome in {Outcome.LIVE, Outcome.DISPLAY}:
        assert reading.status.value == "actual"
        assert not reading.unknown_codes
    if reading.unknown_codes:
        assert reading.hazards == {each.hazard for each in reading.notices}
    assert {each.hazard for each in reading.notices} <= reading.hazards
    said = [(each.hazard, each.code) for each in reading.notices]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("file", RAW)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_telegram_gives_a_reading(file: str, data: st.DataObject, daito: CityCodes) -> None:
    check(read_telegram(damaged(data, RAW[file]), file, daito))


@pytest.mark.parametrize("file", [name for name in RAW if NATIONAL not in name])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_city_that_no_telegram_names_is_never_alerted(file: str, data: st.DataObject, daito: CityCodes) -> None:
    nowhere = replace(
        daito,
        prefecture="島根県",
        code="32201",
        municipality="3220100",
        class15="320011",
        class10="320010",
        office="320000",
        quake_region="590",
        tsunami_region="600",
        rivers=("870706000100",),
    )
    reading = read_telegram(damaged(data, RAW[file]), file, nowhere)
    assert not [each for each in reading.notices if each.state is NoticeState.IN_FORCE]
