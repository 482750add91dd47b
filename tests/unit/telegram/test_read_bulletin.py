"""What VPBS50 says about the class10 area of 大東市 (jma.md §3.3)."""

from collections.abc import Callable

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

TAG = "<Condition>線状降水帯発生</Condition>"
TAGS = {
    "線状降水帯発生": "linear_rainband",
    "線状降水帯直前": "linear_rainband_imminent",
    "記録雨": "record_rain",
    "短時間大雪": "short_heavy_snow",
}


def brief(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(each.hazard, each.code, each.level, each.state.value) for each in reading.notices]


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_is_a_hazard_of_its_own_without_a_level(tag: str, own: Own, read: Read) -> None:
    reading = read(own("VPBS50", (TAG, f"<Condition>{tag}</Condition>")))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [(TAGS[tag], tag, None, "in_force")])
    assert reading.hazards == {TAGS[tag]}


def test_several_tags_of_one_item_are_all_noticed(own: Own, read: Read) -> None:
    reading = read(own("VPBS50", (TAG, "<Condition>線状降水帯発生　記録雨</Condition>")))
    assert [each.hazard for each in reading.notices] == ["linear_rainband", "record_rain"]


def test_jmas_headline_is_the_detail(own: Own, read: Read) -> None:
    details = read(own("VPBS50")).notices[0].details
    assert len(details) == 2
    assert details[0].startswith("大阪府では、線状降水帯による")


def test_record_rain_counts_for_the_area_whichever_municipality_measured_it(own: Own, read: Read) -> None:
    raw = own("VPBS50", (TAG, "<Condition>記録雨</Condition>"), ("</Area>\n        </Item>", "</Area>\n</Item>"))
    elsewhere = raw.replace("<Name>大阪府</Name>\n            <Code>270000</Code>".encode(), b"<Code>2710000</Code>")
    assert [each.hazard for each in read(elsewhere).notices] == ["record_rain"]


def test_areas_of_others_are_no_notice(own: Own, read: Read) -> None:
    reading = read(own("VPBS50", ("<Code>270000</Code>", "<Code>280010</Code>")))
    assert (reading.outcome, reading.notices, reading.oddities) == (Outcome.LIVE, (), ())
    assert reading.hazards == set(), "it ends nothing here"


def test_a_correction_decides_all_it_may_have_said(own: Own, read: Read) -> None:
    elsewhere = ("<Code>270000</Code>", "<Code>280010</Code>")
    reading = read(own("VPBS50", ("<InfoType>発表", "<InfoType>訂正"), elsewhere))
    assert (reading.notices, reading.hazards) == ((), set(TAGS.values()))


def test_r16_an_unknown_tag_is_held_while_the_one_beside_it_acts(own: Own, read: Read) -> None:
    reading = read(own("VPBS50", (TAG, "<Condition>線状降水帯発生 局地的大雨</Condition>")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("局地的大雨",))
    assert reading.hazards == {"linear_rainband"}


def test_r16_an_unknown_tag_for_others_holds_nothing_but_is_told(own: Own, read: Read) -> None:
    raw = own("VPBS50", (TAG, "<Condition>局地的大雨</Condition>"), ("<Code>270000</Code>", "<Code>280010</Code>"))
    reading = read(raw)
    assert (reading.outcome, reading.oddities) == (Outcome.LIVE, ("Unknown tag 局地的大雨 for other areas.",))


@pytest.mark.parametrize("change", [(TAG, ""), ("<Name>情報タグ</Name>", "<Name>札</Name>")])
def test_r16_an_own_item_without_tag_is_held(change: tuple[str, str], own: Own, read: Read) -> None:
    reading = read(own("VPBS50", change))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("without 情報タグ",))


def test_r16_a_headline_without_tags_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VPBS50", ('type="情報タグ"', 'type="札"')))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert "has no 情報タグ" in reading.reason
