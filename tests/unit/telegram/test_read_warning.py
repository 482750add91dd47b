"""What VPWW55-61 say about 大東市."""

from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.kinds import Kind, hazards_of, table
from alerts.telegram.layout import STEPS_DOWN
from alerts.telegram.notice import Notice, NoticeState
from alerts.telegram.reading import Outcome, Reading

Compose = Callable[..., bytes]
Read = Callable[..., Reading]

R06_KINDS = [kind for kind in table().values() if kind.type.startswith("VPWW")]


def brief(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(each.hazard, each.code, each.level, each.state.value) for each in reading.notices]


@pytest.mark.parametrize("kind", R06_KINDS, ids=lambda kind: f"{kind.type}-{kind.code}")
def test_every_kind_is_noticed_with_the_level_of_its_code(kind: Kind, compose: Compose, read: Read) -> None:
    reading = read(compose(kind.type, [Stated(kind.code)]))
    assert reading.outcome is Outcome.LIVE
    assert reading.notices == (Notice(kind.hazard, kind.code, kind.level, kind.rank, NoticeState.IN_FORCE, kind.name),)
    assert reading.hazards == hazards_of(kind.type)


@pytest.mark.parametrize("kind", R06_KINDS, ids=lambda kind: f"{kind.type}-{kind.code}")
def test_a_lifted_kind_ends_with_its_own_code_and_level(kind: Kind, compose: Compose, read: Read) -> None:
    reading = read(compose(kind.type, [Stated(kind.code, "解除", last_code=kind.code)]))
    assert brief(reading) == [(kind.hazard, kind.code, kind.level, "ended")]


@pytest.mark.parametrize("step", sorted(STEPS_DOWN))
def test_a_step_down_is_in_force_at_its_new_level(step: str, compose: Compose, read: Read) -> None:
    code = {"危険警報": "43", "警報": "03", "注意報": "10"}[step.split("から")[1]]
    reading = read(compose("VPWW55", [Stated(code, step, last_code="33")]))
    assert brief(reading) == [("heavy_rain", code, {"43": 4, "03": 3, "10": 2}[code], "in_force")]


def test_the_level_comes_from_the_code_and_never_from_the_printed_name(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("43")]).replace("レベル４大雨危険警報".encode(), "レベル２大雨注意報".encode())
    assert brief(read(raw)) == [("heavy_rain", "43", 4, "in_force")]


def test_several_kinds_of_one_item_are_all_noticed(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW61", [Stated("14"), Stated("20", "継続"), Stated("21", "解除")]))
    assert brief(reading) == [
        ("thunder", "14", None, "in_force"),
        ("fog", "20", None, "in_force"),
        ("dry_air", "21", None, "ended"),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_hazard_the_highest_kind_in_force_counts(order: int, compose: Compose, read: Read) -> None:
    lines = [Stated("15"), Stated("05"), Stated("35", "解除"), Stated("13")][::order]
    assert sorted(brief(read(compose("VPWW58", lines)))) == [
        ("snowstorm", "13", None, "in_force"),
        ("storm", "05", None, "in_force"),
    ]


def test_an_area_with_nothing_gives_no_notice_and_decides_every_hazard(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW58"))
    assert reading.outcome is Outcome.LIVE
    assert reading.notices == ()
    assert reading.hazards == {"storm", "snowstorm"}
    assert "nothing in force" in reading.reason


def test_what_other_municipalities_have_is_not_said_about_the_city(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW55", items={"2722700": [Stated("33")]}))
    assert reading.notices == ()


def test_the_city_is_matched_by_code_and_not_by_name(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("33")]).replace("<Name>大東市</Name>".encode(), "<Name>南大東村</Name>".encode())
    assert brief(read(raw)) == [("heavy_rain", "33", 5, "in_force")]


def test_jmas_sentences_become_details(compose: Compose, read: Read) -> None:
    sentence = "２８日１５時から１８時まで、警戒レベル４相当"
    reading = read(compose("VPWW56", [Stated("49", sentence=sentence)]))
    assert reading.notices[0].details == (sentence,)


def test_a_sentence_about_a_part_of_the_city_names_the_part(compose: Compose, read: Read) -> None:
    raw = compose("VPWW57", [Stated("48", sentence="浸水する恐れがあります。")])
    local = raw.replace(b"<Sentence>", "<Local><AreaName>大阪湾</AreaName><Sentence>".encode())
    reading = read(local.replace(b"</Sentence>", b"</Sentence></Local>"))
    assert reading.notices[0].details == ("大阪湾：浸水する恐れがあります。",)


def test_prefixes_indentation_and_blanks_do_not_matter(own_telegrams: Path, read: Read) -> None:
    file = own_telegrams / "20260628043012_0_VPWW61_270000.xml"
    reading = read(file.read_bytes(), file.name)
    assert reading.outcome is Outcome.LIVE
    assert brief(reading) == [
        ("thunder", "14", None, "in_force"),
        ("fog", "20", None, "in_force"),
        ("dry_air", "21", None, "ended"),
    ]
    assert reading.notices[0].name == "雷注意報"
    assert reading.envelope is not None
    assert reading.envelope.unit == "VPWW61/actual/大阪管区気象台"


def test_a_telegram_of_two_offices_covers_the_city_of_either(compose: Compose, read: Read) -> None:
    other = "<Item><Kind><Status>継続</Status></Kind><Area><Name>奈良県</Name><Code>290000</Code></Area></Item>"
    layer = '<Warning type="気象警報・注意報（府県予報区等）">'
    raw = compose("VPWW55", [Stated("03")]).replace(layer.encode(), (layer + other).encode())
    assert brief(read(raw)) == [("heavy_rain", "03", 3, "in_force")]


def test_a_telegram_of_another_office_decides_nothing_here(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", items={"2710000": [Stated("43")]}).replace(b"270000<", b"290000<")
    reading = read(raw.replace(b"2721800", b"2920100"))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())
    assert "concerns other offices" in reading.reason


def test_a_retraction_decides_the_hazards_of_its_type_and_says_nothing(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW58", info_type=InfoType.RETRACTION, headline="先ほどの電文を取り消します。"))
    assert reading.outcome is Outcome.LIVE
    assert reading.notices == ()
    assert reading.hazards == {"storm", "snowstorm"}
    assert reading.info_type is InfoType.RETRACTION


@pytest.mark.parametrize("info_type", [InfoType.CORRECTION, InfoType.DELAY])
def test_corrections_and_delays_are_read_like_issues(info_type: InfoType, compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW55", [Stated("03")], info_type=info_type))
    assert (reading.info_type, brief(reading)) == (info_type, [("heavy_rain", "03", 3, "in_force")])


@pytest.mark.parametrize("status", [Status.EXERCISE, Status.TEST])
def test_r1_an_exercise_or_test_is_a_drill_with_the_notices_of_a_real_one(
    status: Status, compose: Compose, read: Read
) -> None:
    reading = read(compose("VPWW55", [Stated("33")], status=status))
    assert (reading.outcome, reading.status) == (Outcome.DRILL, status)
    assert brief(reading) == [("heavy_rain", "33", 5, "in_force")]
    assert reading.envelope is not None
    assert reading.envelope.unit == f"VPWW55/{status}/大阪管区気象台"
