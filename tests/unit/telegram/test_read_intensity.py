"""What VXSE51, VXSE53 and VXSE62 say about 大東市 (jma.md §3.5)."""

from collections.abc import Callable

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

DAITO = "<Code>2721800</Code>\n              <MaxInt>5- </MaxInt>"


def brief(reading: Reading) -> list[tuple[str, str, str]]:
    assert all(each.level is None for each in reading.notices)
    return [(each.hazard, each.code, each.state.value) for each in reading.notices]


def daito(maximum: str, condition: str = "") -> tuple[str, str]:
    """Replaces what VXSE53 says about the city."""
    said = f"<MaxInt>{maximum}</MaxInt>" if maximum else ""
    return DAITO, f"<Code>2721800</Code>{said}" + (f"<Condition>{condition}</Condition>" if condition else "")


def test_the_municipality_counts_and_blanks_do_not_matter(own: Own, read: Read) -> None:
    reading = read(own("VXSE53"))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("earthquake", "5-", "in_force")])
    assert reading.hazards == {"earthquake"}


def test_the_details_tell_of_the_earthquake_in_jmas_words(own: Own, read: Read) -> None:
    assert read(own("VXSE53")).notices[0].details == (
        "震源：大阪府北部（北緯３４．８度　東経１３５．６度　深さ　１０ｋｍ）　Ｍ６．１",
        "この地震による津波の心配はありません。",
        "この地震について、緊急地震速報を発表しています。",
    )


@pytest.mark.parametrize("description", ["Ｍ不明", "Ｍ８を超える巨大地震"])
def test_an_unknown_magnitude_is_told_by_its_description(description: str, own: Own, read: Read) -> None:
    raw = own("VXSE53", ('description="Ｍ６．１">6.1<', f'description="{description}" condition="不明">NaN<'))
    assert read(raw).notices[0].details[0].endswith(f"）　{description}")


def test_a_hypocentre_that_is_not_known_yet_leaves_the_line_out(own: Own, read: Read) -> None:
    raw = own("VXSE53", ("<Name>大阪府北部</Name>\n          <Code type", "<Code type"), ("description=", "note="))
    assert read(raw).notices[0].details[0] == "この地震による津波の心配はありません。"


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"])
def test_every_intensity_is_noticed(code: str, own: Own, read: Read) -> None:
    assert brief(read(own("VXSE53", daito(code)))) == [("earthquake", code, "in_force")]


@pytest.mark.parametrize(
    ("maximum", "code"),
    [("", "5-?"), ("3", "5-?"), ("4", "5-?"), ("5-", "5-"), ("5+", "5+"), ("7", "7")],
)
def test_intensities_not_received_count_as_5_lower_or_more(maximum: str, code: str, own: Own, read: Read) -> None:
    raw = own("VXSE53", daito(maximum, "震度５弱以上未入電"))
    assert brief(read(raw)) == [("earthquake", code, "in_force")]


@pytest.mark.parametrize("order", [("4", "6-"), ("6-", "4")])
def test_a_municipality_listed_twice_counts_with_the_higher(order: tuple[str, str], own: Own, read: Read) -> None:
    again = f"<Code>2721800</Code><MaxInt>{order[1]}</MaxInt></City><City><Name>大東市</Name>"
    raw = own("VXSE53", (DAITO, again + f"<Code>2721800</Code><MaxInt>{order[0]}</MaxInt>"))
    assert brief(read(raw)) == [("earthquake", "6-", "in_force")]


def test_a_station_that_bears_the_citys_code_is_not_the_city(own: Own, read: Read) -> None:
    raw = own("VXSE53", (DAITO, DAITO.replace("2721800", "2721900")))
    assert b"<Code>2721800</Code>" in raw
    reading = read(raw)
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), {"earthquake"})


def test_a_later_serial_that_raises_the_city_is_read_like_the_first(own: Own, read: Read) -> None:
    first = own("VXSE53", daito("4"))
    revised = own("VXSE53", daito("5+"), ("<Serial>1<", "<Serial>2<"), ("12:44:58Z", "12:49:12Z"))
    assert (brief(read(first)), brief(read(revised))) == (
        [("earthquake", "4", "in_force")],
        [("earthquake", "5+", "in_force")],
    )
    units = {reading.envelope.unit for raw in (first, revised) if (reading := read(raw)).envelope}
    assert units == {"VXSE53/actual/20260701214012"}


def test_r16_an_unknown_intensity_is_held_and_ends_nothing(own: Own, read: Read) -> None:
    reading = read(own("VXSE53", daito("8")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("8",))
    assert (reading.notices, reading.hazards) == ((), frozenset())


def test_r16_a_municipality_without_intensity_is_held(own: Own, read: Read) -> None:
    assert read(own("VXSE53", daito(""))).unknown_codes == ("without MaxInt",)


def test_r16_an_unknown_intensity_beside_one_not_received_still_acts(own: Own, read: Read) -> None:
    reading = read(own("VXSE53", daito("8", "震度５弱以上未入電")))
    assert (reading.outcome, brief(reading)) == (Outcome.HOLD, [("earthquake", "5-?", "in_force")])


def test_a_distant_earthquake_has_no_intensities_and_decides_nothing(own: Own, read: Read) -> None:
    raw = own("VXSE53", ("<Title>震源・震度情報</Title>", "<Title>遠地地震に関する情報</Title>"))
    start, end = raw.index(b"<Intensity>"), raw.index(b"</Intensity>") + len(b"</Intensity>")
    reading = read(raw[:start] + raw[end:])
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())
    assert "distant earthquake" in reading.reason


@pytest.mark.parametrize("telegram_type", ["VXSE51", "VXSE53", "VXSE62"])
def test_r16_without_intensities_it_is_broken(telegram_type: str, own: Own, read: Read) -> None:
    reading = read(own(telegram_type, ("<Observation>", "<Forecast>"), ("</Observation>", "</Forecast>")))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert reading.reason.startswith(f"Broken: {telegram_type} has no Intensity/Observation")


def test_the_first_report_is_by_quake_region(own: Own, read: Read) -> None:
    assert brief(read(own("VXSE51"))) == [("earthquake", "4", "in_force")]
    other = read(own("VXSE51", ("<Code>520</Code>\n            <MaxInt>", "<Code>530</Code>\n            <MaxInt>")))
    assert (other.notices, other.hazards) == ((), {"earthquake"})


@pytest.mark.parametrize("code", ["1", "2", "3", "4"])
def test_long_period_motion_is_by_quake_region(code: str, own: Own, read: Read) -> None:
    value = "<MaxLgInt>3</MaxLgInt>\n            <IntensityStation>"
    raw = own("VXSE62", (value, value.replace("3", code)))
    assert brief(read(raw)) == [("long_period_motion", code, "in_force")]


def test_long_period_motion_that_nobody_felt_is_no_notice(own: Own, read: Read) -> None:
    value = "<MaxLgInt>3</MaxLgInt>\n            <IntensityStation>"
    reading = read(own("VXSE62", (value, value.replace("3", "0"))))
    assert (reading.outcome, reading.notices) == (Outcome.LIVE, ())
