"""What VFVO53-55 say about 大東市 (jma.md §3.3)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

TITLES = {"VFVO53": "降灰予報（定時）", "VFVO54": "降灰予報（速報）", "VFVO55": "降灰予報（詳細）"}
LAST_WINDOW = "<EndTime>2026-07-02T07:00:00+09:00</EndTime>"


@pytest.mark.parametrize("telegram_type", TITLES)
def test_one_notice_a_kind_over_all_windows(telegram_type: str, own: Own, read: Read) -> None:
    reading = read(own("VFVO53", ("<Title>降灰予報（定時）", f"<Title>{TITLES[telegram_type]}")))
    assert reading.type == telegram_type
    assert [(each.hazard, each.code, each.level) for each in reading.notices] == [
        ("ashfall", "70", None),
        ("ashfall", "72", None),
    ]
    assert reading.hazards == {"ashfall"}


def test_each_kind_is_valid_to_the_end_of_its_last_window(own: Own, read: Read) -> None:
    ends = {each.code: each.valid_until for each in read(own("VFVO53")).notices}
    assert ends == {"70": datetime(2026, 7, 1, 22, tzinfo=UTC), "72": datetime(2026, 7, 1, 19, tzinfo=UTC)}


def test_windows_without_a_readable_end_last_as_long_as_the_telegram(own: Own, read: Read) -> None:
    raw = own("VFVO53", (LAST_WINDOW, "<EndTime/>"), ("<EndTime>2026-07-02T04:00:00+09:00<", "<EndTime>soon<"))
    assert {each.valid_until for each in read(raw).notices} == {datetime(2026, 7, 1, 22, tzinfo=UTC)}


def test_a_city_that_is_not_named_has_no_notice(own: Own, read: Read) -> None:
    reading = read(own("VFVO53", ("<Code>2721800</Code>", "<Code>2721900</Code>")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), {"ashfall"})


def test_r16_an_unknown_kind_is_held_while_the_other_acts(own: Own, read: Read) -> None:
    reading = read(own("VFVO53", ("<Code>72</Code>", "<Code>79</Code>")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("79",))
    assert [each.code for each in reading.notices] == ["70"]


def test_r16_without_windows_it_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VFVO53", ("AshInfos", "AshSigns")))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert "has no AshInfos" in reading.reason
