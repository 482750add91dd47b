"""What VPHW51 says about 大東市 (jma.md §3.3)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

DAITO = (
    "<Code>1</Code>\n          <Status>発表</Status>\n        </Kind>\n"
    "        <Area>\n          <Name>大東市</Name>\n          <Code>2721800</Code>"
)


def daito(code: str, area: str = "2721800") -> tuple[str, str]:
    return DAITO, f"<Code>{code}</Code></Kind><Area><Name>大東市</Name><Code>{area}</Code>"


def brief(reading: Reading) -> list[tuple[str, str, int | None, int, str]]:
    return [(each.hazard, each.code, each.level, each.rank, each.state.value) for each in reading.notices]


def test_a_warned_city_has_a_notice_until_the_printed_time(own: Own, read: Read) -> None:
    reading = read(own("VPHW51"))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("tornado", "1", None, 3, "in_force")])
    assert reading.hazards == {"tornado"}
    assert reading.notices[0].valid_until == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    assert "目撃情報あり" in reading.notices[0].details[0]


def test_code_0_is_stated_and_ends(own: Own, read: Read) -> None:
    assert brief(read(own("VPHW51", daito("0")))) == [("tornado", "0", None, 0, "ended")]


def test_listed_twice_the_warning_counts(own: Own, read: Read) -> None:
    twice = "<Code>0</Code></Kind><Kind><Code>1</Code></Kind><Area><Code>2721800</Code>"
    assert brief(read(own("VPHW51", (DAITO, twice)))) == [("tornado", "1", None, 3, "in_force")]


def test_a_telegram_that_does_not_list_the_city_decides_nothing(own: Own, read: Read) -> None:
    reading = read(own("VPHW51", daito("1", "2721900")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())


@pytest.mark.parametrize(("code", "unknown"), [("2", "2"), ("", "without code")])
def test_r16_an_unknown_code_is_held_and_ends_nothing(code: str, unknown: str, own: Own, read: Read) -> None:
    reading = read(own("VPHW51", daito(code)))
    assert (reading.outcome, reading.unknown_codes, reading.hazards) == (Outcome.HOLD, (unknown,), frozenset())


def test_r16_an_item_without_a_kind_is_held(own: Own, read: Read) -> None:
    reading = read(own("VPHW51", ("<Kind>", "<Sort>"), ("</Kind>", "</Sort>")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("without code",))


def test_r16_without_the_municipal_layer_it_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VPHW51", ('<Warning type="竜巻注意情報（市町村等）">', "<Warning>")))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert reading.reason.startswith("Broken: VPHW51 has no 竜巻注意情報（市町村等）")
