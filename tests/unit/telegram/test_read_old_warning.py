"""What a VPWW54 says in the codes of 2026, where it has to stand in for VPWW55-61 (jma.md §0.4, §2.6, §3.3)."""

import csv
from collections.abc import Callable
from importlib.resources import files

import pytest

from alerts.city.codes import CityCodes
from alerts.telegram import kinds, old_kinds
from alerts.telegram.danger import danger_to
from alerts.telegram.old_warning import read_old_warning
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.summary import Summary

Own = Callable[..., bytes]
Read = Callable[..., Reading]

RAIN = """<Code>03</Code><Status>発表</Status><Condition>土砂災害</Condition>\
<Attention><Note>土砂災害警戒</Note><Note>浸水注意</Note></Attention>"""
NO_DANGER, CALM = "の発表状況］\nなし", "東部大阪では、土砂災害に警戒してください。"


@pytest.fixture
def said(own: Own, daito: CityCodes) -> Callable[..., Summary]:
    """What the own VPWW54 says with changes to it."""
    return lambda *changes: read_old_warning(own("VPWW54", *changes), "VPWW54.xml", daito)


def in_force(summary: Summary) -> set[tuple[str, str, int | None]]:
    return {(one.hazard, one.code, one.level) for reading in summary.readings for one in reading.notices}


def at_least(summary: Summary) -> set[str]:
    return {hazard for reading in summary.readings for hazard in reading.at_least}


def rain(code: str, condition: str, *notes: str) -> tuple[str, str]:
    marks = "".join(f"<Note>{note}</Note>" for note in notes)
    stated = f"<Condition>{condition}</Condition>" if condition else ""
    return RAIN, f"<Code>{code}</Code><Status>発表</Status>{stated}<Attention>{marks}</Attention>"


def test_a_rain_warning_is_told_apart_by_disaster_and_a_flood_warning_has_no_successor(said) -> None:
    summary = said()
    assert in_force(summary) == {("landslide", "09", 3), ("heavy_rain", "10", 2), ("thunder", "14", None)}
    assert summary.reason == ""
    assert {reading.type for reading in summary.readings} == {f"VPWW{number}" for number in range(55, 62)}
    assert {reading.outcome for reading in summary.readings} == {Outcome.LIVE}
    assert all(reading.hazards == kinds.hazards_of(reading.type) for reading in summary.readings)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (rain("03", "浸水害", "浸水警戒"), {("heavy_rain", "03", 3)}),
        (rain("03", "土砂災害、浸水害"), {("heavy_rain", "03", 3), ("landslide", "09", 3)}),
        (rain("33", "土砂災害", "土砂災害警戒", "浸水警戒"), {("landslide", "39", 5), ("heavy_rain", "03", 3)}),
        (rain("33", "土砂災害、浸水害"), {("landslide", "39", 5), ("heavy_rain", "33", 5)}),
        (rain("10", "", "土砂災害注意"), {("landslide", "29", 2)}),
        (rain("10", "", "土砂災害注意", "浸水注意"), {("landslide", "29", 2), ("heavy_rain", "10", 2)}),
        (rain("08", ""), {("storm_surge", "08", 3)}),
        (rain("18", ""), set()),
    ],
)
def test_each_rain_and_surge_code_by_its_marks(said, changed, expected) -> None:
    assert in_force(said(changed)) == expected | {("thunder", "14", None)}


def test_what_ended_is_not_in_force_and_is_decided(said) -> None:
    summary = said((RAIN, "<Code>03</Code><Status>解除</Status>"))
    assert in_force(summary) == {("thunder", "14", None)}
    assert {"landslide", "heavy_rain"} <= {hazard for reading in summary.readings for hazard in reading.hazards}


@pytest.mark.parametrize(
    "unknown",
    [
        rain("99", ""),
        rain("03", ""),
        rain("03", "土砂災害、落石"),
        rain("10", "", "高波注意"),
        (RAIN, "<Code>03</Code><Status>未知</Status><Condition>土砂災害</Condition>"),
        (RAIN, "<Code>03</Code><Condition>土砂災害</Condition>"),
    ],
)
def test_r16_beside_what_is_unknown_nothing_is_ended_and_the_rest_acts(said, unknown) -> None:
    summary = said(unknown)
    assert "Unknown Kind" in summary.reason
    assert {hazard for reading in summary.readings for hazard in reading.hazards} == {"thunder"}


@pytest.mark.parametrize(
    ("headline", "notice", "expected"),
    [
        (CALM, "の発表状況］\n〈レベル４土砂災害危険警報〉大東市　四條畷市＊", ("landslide", "49", 4)),
        (CALM, "の発表状況］\n〈レベル４大雨危険警報〉門真市　大東市＊", ("heavy_rain", "43", 4)),
        ("〈危険警報（大雨、高潮）〉大東市では、高潮に厳重に警戒してください。", NO_DANGER, ("storm_surge", "48", 4)),
    ],
)
def test_level_4_counts_where_the_texts_name_the_city(said, headline, notice, expected) -> None:
    assert expected in in_force(said((CALM, headline), (NO_DANGER, notice)))


@pytest.mark.parametrize(
    ("headline", "notice"),
    [
        (CALM, NO_DANGER),
        ("〈危険警報（土砂災害）〉東部大阪では、厳重に警戒", "の発表状況］\n〈レベル４土砂災害危険警報〉東大阪市"),
        ("〈危険警報（大雨）〉大阪府では、低い土地の浸水に厳重に警戒してください。", NO_DANGER),
    ],
)
def test_level_4_of_others_is_not_the_citys(said, headline, notice) -> None:
    summary = said((CALM, headline), (NO_DANGER, notice))
    assert ("landslide", "09", 3) in in_force(summary)
    assert (summary.reason, at_least(summary)) == ("", {"landslide"})


def test_r16_level_4_of_a_wider_area_alone_is_not_guessed_and_not_silent(said) -> None:
    summary = said((CALM, "〈危険警報（土砂災害）〉大阪府では、土砂災害に厳重に警戒してください。"))
    assert ("landslide", "09", 3) in in_force(summary)
    assert at_least(summary) == {"landslide"}
    assert "may be level 4 for 大東市 (landslide)" in summary.reason


def test_r16_so_it_is_with_rain_where_no_list_of_municipalities_stands_beside_the_headline(said) -> None:
    rain_3 = rain("03", "浸水害", "浸水警戒")
    summary = said(rain_3, (CALM, "〈危険警報（大雨）〉大阪府では、低い土地の浸水に厳重に警戒してください。"))
    assert at_least(summary) == {"heavy_rain"}
    assert "may be level 4 for 大東市 (heavy_rain)" in summary.reason
    assert at_least(said(rain_3)) == set()


@pytest.mark.parametrize("headline", [CALM, "〈特別警報（大雨）〉大阪府では、最大級の警戒をしてください。"])
def test_r16_a_landslide_warning_may_be_level_4_in_any_copy_for_no_list_names_the_municipalities(
    said, headline
) -> None:
    summary = said((CALM, headline))
    assert (at_least(summary), summary.reason) == ({"landslide"}, "")
    assert at_least(said((CALM, headline), rain("10", "", "土砂災害注意"))) == set()


def test_a_name_that_only_begins_like_the_citys_is_another_place() -> None:
    assert danger_to("大東市", "", "〈レベル４大雨危険警報〉東大東市　大東市場町").stated == ()


def test_r1_a_drill_is_a_drill_and_a_retraction_takes_back_all_seven(said) -> None:
    drill = said(("<Status>通常</Status>", "<Status>訓練</Status>"))
    assert {reading.outcome for reading in drill.readings} == {Outcome.DRILL}
    retraction = said(("<InfoType>発表</InfoType>", "<InfoType>取消</InfoType>"))
    assert in_force(retraction) == set()
    assert len(retraction.readings) == len({one.envelope.unit for one in retraction.readings}) == 7


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("<Code>2721800</Code>", "<Code>2721900</Code>"), "no Item for 大東市"),
        (("（Ｈ２７）", "（Ｒ０６）（大雨）"), "Not a VPWW54"),
        (("<Status>通常</Status>", "<Status>本番</Status>"), "states nothing"),
        (("<DateTime>2026-07-01T09:00:00Z</DateTime>", ""), "Control/DateTime"),
    ],
)
def test_r16_what_is_broken_says_nothing_but_why(said, change, why) -> None:
    summary = said(change)
    assert summary.readings == ()
    assert why in summary.reason


def test_r16_a_telegram_that_is_cut_off_anywhere_says_nothing(own: Own, daito: CityCodes) -> None:
    raw = own("VPWW54")
    for length in range(0, len(raw) - 20, 97):
        assert read_old_warning(raw[:length], "VPWW54.xml", daito).readings == ()


def test_by_itself_it_stays_a_copy_that_nobody_acts_on(own: Own, read: Read) -> None:
    reading = read(own("VPWW54"), "20260701090000_0_VPWW54_270000.xml")
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.IGNORE, (), frozenset())


def test_every_kind_of_2026_but_level_4_and_new_names_has_an_old_code() -> None:
    meant = {kind for by_mark in old_kinds.table().values() for kind in by_mark.values() if kind}
    warnings = {kind for kind in kinds.table().values() if kind.type.startswith("VPWW") and kind.level != 4}
    assert meant == warnings
    rows = csv.DictReader(files("alerts.telegram").joinpath("old_kinds.csv").read_text(encoding="utf-8").splitlines())
    assert {row["code"] for row in rows if not row["type"]} == {"04", "18"}
