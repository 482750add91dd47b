"""What VTSE41 says about the tsunami region 大阪府 (jma.md §3.5)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

OSAKA = "<Kind>\n              <Name>津波注意報</Name>\n              <Code>62</Code>"


def osaka(code: str, name: str = "名") -> tuple[str, str]:
    return OSAKA, f"<Kind><Name>{name}</Name><Code>{code}</Code>"


def brief(reading: Reading) -> list[tuple[str, int, str]]:
    assert {each.hazard for each in reading.notices} <= {"tsunami"}
    return [(each.code, each.rank, each.state.value) for each in reading.notices]


@pytest.mark.parametrize(
    ("code", "rank", "state"),
    [
        ("00", 0, "ended"),
        ("50", 0, "ended"),
        ("60", 0, "ended"),
        ("51", 3, "in_force"),
        ("52", 5, "in_force"),
        ("53", 5, "in_force"),
        ("62", 2, "in_force"),
        ("71", 1, "in_force"),
        ("72", 1, "in_force"),
        ("73", 1, "in_force"),
    ],
)
def test_every_code_has_its_rank_and_state(code: str, rank: int, state: str, own: Own, read: Read) -> None:
    reading = read(own("VTSE41", osaka(code)))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [(code, rank, state)])
    assert reading.hazards == {"tsunami"}


def test_the_details_say_when_and_how_high_and_what_shook(own: Own, read: Read) -> None:
    assert read(own("VTSE41")).notices[0].details == (
        "第１波の到達予想時刻：1日23時05分",
        "予想される津波の高さ：１ｍ",
        "震源：紀伊水道（北緯３４．８度　東経１３５．６度　深さ　１０ｋｍ）　Ｍ８を超える巨大地震",
    )


def test_a_wave_that_has_arrived_is_told_in_jmas_words(own: Own, read: Read) -> None:
    arrival = "<ArrivalTime>2026-07-01T23:05:00+09:00</ArrivalTime>"
    raw = own(
        "VTSE41", (arrival, "<Condition>第１波の到達を確認</Condition>"), ('description="１ｍ"', 'description=""')
    )
    assert read(raw).notices[0].details[0] == "第１波の到達を確認"
    assert not any("高さ" in line for line in read(raw).notices[0].details)


def test_a_forecast_of_slight_changes_has_a_printed_end(own: Own, read: Read) -> None:
    until = ("<EventID>", "<ValidDateTime>2026-07-02T10:00:00+09:00</ValidDateTime><EventID>")
    assert read(own("VTSE41", osaka("73"), until)).notices[0].valid_until == datetime(2026, 7, 2, 1, tzinfo=UTC)
    assert read(own("VTSE41")).notices[0].valid_until is None


def test_a_region_that_disappeared_from_the_table_is_clear(own: Own, read: Read) -> None:
    item = "<Name>大阪府</Name>\n            <Code>510</Code>"
    reading = read(own("VTSE41", (item, item.replace("510", "500"))))
    assert (reading.notices, reading.hazards) == ((), {"tsunami"})


def test_the_number_of_the_region_among_quake_regions_is_another_place(own: Own, read: Read) -> None:
    item = "<Name>大阪府</Name>\n            <Code>510</Code>"
    raw = own("VTSE41", (item, item.replace("510", "520")))
    assert read(raw).notices == (), "520 is 大阪府北部 of earthquakes and 兵庫県北部 of tsunami"


@pytest.mark.parametrize(("code", "unknown"), [("99", "99"), ("", "without code"), ("2", "2")])
def test_r16_an_unknown_code_is_held_and_ends_nothing(code: str, unknown: str, own: Own, read: Read) -> None:
    reading = read(own("VTSE41", osaka(code)))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, (unknown,))
    assert (reading.notices, reading.hazards) == ((), frozenset())


def test_r16_without_a_forecast_it_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VTSE41", ("<Forecast>", "<Observation>"), ("</Forecast>", "</Observation>")))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert "has no Tsunami/Forecast" in reading.reason
