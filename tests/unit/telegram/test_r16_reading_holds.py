"""R16: what is unknown or broken is held with the reason, and silences nothing that is understood."""

from collections.abc import Callable

import pytest

from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome, Reading

Compose = Callable[..., bytes]
Read = Callable[..., Reading]


def changed(raw: bytes, old: str, new: str) -> bytes:
    """The telegram with a change that must be possible, else the test would prove nothing."""
    assert old.encode() in raw
    return raw.replace(old.encode(), new.encode())


def test_r16_an_unknown_code_holds_while_the_kind_beside_it_acts(compose: Compose, read: Read) -> None:
    raw = changed(compose("VPWW61", [Stated("14"), Stated("20")]), "<Code>20</Code>", "<Code>28</Code>")
    reading = read(raw)
    assert reading.outcome is Outcome.HOLD
    assert (reading.unknown_codes, reading.oddities) == (("28",), ())
    assert [each.hazard for each in reading.notices] == ["thunder"]
    assert "Unknown Kind 28 in the Item of 大東市" in reading.reason


def test_r16_beside_an_unknown_code_only_hazards_with_a_notice_are_decided(compose: Compose, read: Read) -> None:
    raw = compose("VPWW61", [Stated("14"), Stated("20"), Stated("21", "解除")])
    reading = read(changed(raw, "<Code>20</Code>", "<Code>28</Code>"))
    assert reading.hazards == {"thunder", "dry_air"}, "fog in force before must not end by silence"


def test_r16_an_item_with_nothing_but_an_unknown_code_decides_nothing(compose: Compose, read: Read) -> None:
    reading = read(changed(compose("VPWW55", [Stated("43")]), "<Code>43</Code>", "<Code>44</Code>"))
    assert reading.outcome is Outcome.HOLD
    assert (reading.notices, reading.hazards) == ((), frozenset())


def test_r16_a_code_of_the_old_regime_is_unknown_in_the_new_one(compose: Compose, read: Read) -> None:
    reading = read(changed(compose("VPWW55", [Stated("03")]), "<Code>03</Code>", "<Code>04</Code>"))
    assert reading.unknown_codes == ("04",)


@pytest.mark.parametrize("status", ["保留", ""])
def test_r16_a_kind_with_an_unknown_status_is_held(status: str, compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("43", "継続")])
    reading = read(changed(raw, "<Status>継続</Status>", f"<Status>{status}</Status>"))
    assert reading.outcome is Outcome.HOLD
    assert (reading.notices, reading.hazards) == ((), frozenset())
    assert reading.unknown_codes == (f"43 ({status or 'without status'})",)


def test_r16_a_kind_without_code_is_held(compose: Compose, read: Read) -> None:
    reading = read(changed(compose("VPWW55", [Stated("43", "継続")]), "<Code>43</Code>", ""))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("without code (継続)",))


def test_r16_a_kind_with_a_code_that_is_said_to_be_nothing_is_held(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("43", "継続")])
    reading = read(changed(raw, "<Status>継続</Status>", "<Status>発表警報・注意報はなし</Status>"))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())


def test_r16_an_item_of_the_city_without_any_kind_is_held_not_calm(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("43")])
    reading = read(changed(changed(raw, "<Kind>", "<Sort>"), "</Kind>", "</Sort>"))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("without any Kind",))
    assert reading.hazards == frozenset()


def test_r16_an_unknown_code_elsewhere_holds_nothing_but_is_told(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("03")], items={"2722700": [Stated("33")]})
    reading = read(changed(raw, "<Code>33</Code>", "<Code>99</Code>"))
    assert (reading.outcome, reading.unknown_codes, len(reading.notices)) == (Outcome.LIVE, (), 1)
    assert reading.oddities == ("Unknown Kind 99 in Items of other municipalities.",)


def test_r16_an_unknown_layout_is_read_and_told(compose: Compose, read: Read) -> None:
    reading = read(changed(compose("VPWW55", [Stated("03")]), "1.5_0", "1.6_0"))
    assert (reading.outcome, len(reading.notices)) == (Outcome.LIVE, 1)
    assert reading.oddities == ("VPWW55 has the layout 気象警報・注意報 1.6_0, not 気象警報・注意報 1.5_0.",)
    assert reading.oddities[0] in reading.reason


def test_r16_an_unknown_layout_without_its_required_elements_is_broken(compose: Compose, read: Read) -> None:
    raw = changed(compose("VPWW55", [Stated("03")]), "1.5_0", "1.6_0")
    reading = read(changed(changed(raw, "<Warning ", "<Alarm "), "</Warning>", "</Alarm>"))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert "names no area of 府県予報区" in reading.reason


def test_r16_the_own_office_without_an_item_for_the_city_is_broken_not_calm(compose: Compose, read: Read) -> None:
    reading = read(changed(compose("VPWW55", [Stated("03")]), "2721800", "2721801"))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.HOLD, (), frozenset())
    assert reading.reason == "Broken: VPWW55 is of 大東市's own office 270000 without an Item for the city."


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("<Status>通常</Status>", "<Status>本番</Status>", "Unknown Control/Status"),
        ("<Status>通常</Status>", "", "Unknown Control/Status"),
        ("<InfoType>発表</InfoType>", "<InfoType>再送</InfoType>", "Unknown Head/InfoType"),
        ("<InfoType>発表</InfoType>", "<InfoType/>", "Unknown Head/InfoType"),
        ("（Ｒ０６）（大雨）", "（Ｒ０８）（大雨）", "Unknown type with the title"),
        ("<DateTime>2026-06-28T04:30:12Z", "<DateTime>2026-06-28T04:30:12", "Control/DateTime"),
        ("<DateTime>2026-06-28T04:30:12Z", "<DateTime>yesterday", "Control/DateTime"),
        ("<DateTime>2026-06-28T04:30:12Z", "<DateTime>0001-01-01T00:00:00+09:00", "Control/DateTime"),
        ("大阪管区気象台</EditorialOffice>", "</EditorialOffice>", "without EditorialOffice"),
        ("大阪管区気象台</EditorialOffice>", "台" * 101 + "</EditorialOffice>", "more than 100 characters"),
    ],
)
def test_r16_an_envelope_that_is_not_understood_is_held(
    old: str, new: str, reason: str, compose: Compose, read: Read
) -> None:
    reading = read(changed(compose("VPWW55", [Stated("33")]), old, new))
    assert reading.outcome is Outcome.HOLD
    assert reason in reading.reason
    assert (reading.notices, reading.hazards) == ((), frozenset())


def test_r16_an_exercise_that_is_not_understood_stays_a_drill(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", [Stated("33")], status=Status.EXERCISE)
    reading = read(changed(raw, "<Code>33</Code>", "<Code>77</Code>"))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.DRILL, ("77",))


def test_r16_a_type_of_the_future_is_held_under_its_name(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW55", [Stated("33")]), "20300101000000_0_VPWW62_270000.xml")
    assert (reading.type, reading.outcome, reading.notices) == ("VPWW62", Outcome.HOLD, ())


def test_r16_a_file_named_for_another_type_than_its_title_is_held(compose: Compose, read: Read) -> None:
    reading = read(compose("VPWW56"), "20260628043012_0_VPWW55_270000.xml")
    assert (reading.type, reading.outcome, reading.hazards) == ("VPWW55", Outcome.HOLD, frozenset())


def test_r16_bytes_that_are_no_telegram_keep_the_type_of_their_name(read: Read) -> None:
    reading = read(b"<html>503</html>", "20260628043012_0_VPWW55_270000.xml")
    assert (reading.envelope, reading.type, reading.outcome) == (None, "VPWW55", Outcome.HOLD)
    assert (reading.status, reading.info_type) == (Status.UNKNOWN, InfoType.UNKNOWN)


def test_a_type_of_no_use_is_ignored_with_the_reason(compose: Compose, read: Read) -> None:
    raw = changed(compose("VPWW55", [Stated("33")]), "（Ｒ０６）（大雨）", "（Ｈ２７）")
    reading = read(raw, "20260628043012_0_VPWW54_270000.xml")
    assert (reading.type, reading.outcome, reading.notices) == ("VPWW54", Outcome.IGNORE, ())
    assert "Copy of VPWW55-61" in reading.reason
