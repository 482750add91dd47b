"""Control and Head of any telegram, and the key of the unit it belongs to (jma.md §2.4)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alerts.telegram import control
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.reading import Reading
from alerts.telegram.xml import BrokenTelegramError, parse

Compose = Callable[..., bytes]
Read = Callable[..., Reading]


def envelope_of(
    telegram_type: str, title: str = "", status: str = "通常", office: str = "気象庁本庁", event_id: str = ""
) -> Envelope:
    """The envelope of a telegram with nothing but Control and Head."""
    raw = f"""<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>{title}</Title>
        <DateTime>2026-06-28T04:30:12Z</DateTime><Status>{status}</Status>
        <EditorialOffice>{office}</EditorialOffice></Control>
        <Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/">
        <Title/><EventID>{event_id}</EventID><InfoType>発表</InfoType><Serial/></Head><Body/></Report>"""
    file = f"20260628043012_0_{telegram_type}_270000.xml" if telegram_type else ""
    return control.envelope_of(control.read_header(parse(raw.encode()), file))


@pytest.mark.parametrize("telegram_type", ["VPWW53", "VPWW54", "VPWW55", "VPWW61", "VPNO50", "VPHW50", "VPHW51"])
def test_warnings_are_one_unit_a_type_and_editorial_office(telegram_type: str) -> None:
    osaka = envelope_of(telegram_type, office="大阪管区気象台")
    assert osaka.unit == f"{telegram_type}/actual/大阪管区気象台"
    assert osaka.unit != envelope_of(telegram_type, office="奈良地方気象台").unit


@pytest.mark.parametrize("telegram_type", ["VXSE51", "VXSE53", "VXSE62", "VTSE41", "VTSE51"])
def test_an_earthquake_stays_one_unit_when_tokyo_hands_over_to_osaka(telegram_type: str) -> None:
    tokyo = envelope_of(telegram_type, office="気象庁本庁", event_id="20260628131500")
    osaka = envelope_of(telegram_type, office="大阪管区気象台", event_id="20260628131500")
    assert tokyo.unit == osaka.unit == f"{telegram_type}/actual/20260628131500"
    assert tokyo.unit != envelope_of(telegram_type, event_id="20260628131501").unit


def test_the_first_intensities_and_the_full_report_of_an_earthquake_are_two_units() -> None:
    assert envelope_of("VXSE51", event_id="1").unit != envelope_of("VXSE53", event_id="1").unit


def test_a_river_area_is_one_unit_whatever_the_number_of_the_type() -> None:
    named = envelope_of("VXKO52", event_id="860604000600")
    titled = envelope_of("", title="指定河川洪水予報", event_id="860604000600")
    assert named.unit == titled.unit == "VXKO/actual/860604000600"
    assert titled.type == "VXKO"


def test_a_commentary_on_the_nankai_trough_is_no_part_of_the_unit_it_comments_on() -> None:
    assert envelope_of("VYSE50", event_id="1").unit != envelope_of("VYSE51", event_id="1").unit


def test_earthquakes_that_join_stay_in_the_unit_of_the_first() -> None:
    alone = envelope_of("VTSE41", event_id="20110311144640")
    assert envelope_of("VTSE41", event_id="20110311151500 20110311144640").unit == alone.unit
    assert envelope_of("VTSE41", event_id="20110311144640　20110311151500").unit == alone.unit
    assert envelope_of("VPBS50", event_id="b a").unit == "VPBS50/actual/b a", "only earthquakes join"


@pytest.mark.parametrize("telegram_type", ["VXWW50", "VPBS50", "VPFJ51", "VPTW60", "VFVO53", "VPFT50"])
def test_other_events_are_one_unit_a_type_and_event(telegram_type: str) -> None:
    assert envelope_of(telegram_type, event_id="JPOS260012").unit == f"{telegram_type}/actual/JPOS260012"


def test_each_of_several_typhoons_is_a_unit() -> None:
    assert envelope_of("VPTW60", event_id="TC2615").unit != envelope_of("VPTW61", event_id="TC2616").unit


@pytest.mark.parametrize("telegram_type", ["VPWW55", "VXSE53", "VXKO52"])
def test_r1_a_drill_is_never_in_the_unit_of_what_is_actual(telegram_type: str) -> None:
    units = {envelope_of(telegram_type, status=word, event_id="1").unit for word in ("通常", "訓練", "試験", "?")}
    assert len(units) == 4


@pytest.mark.parametrize(("telegram_type", "event_id"), [("VXSE53", ""), ("VPWW62", "1"), ("", "1")])
def test_an_event_without_id_and_an_unknown_type_have_no_unit(telegram_type: str, event_id: str) -> None:
    assert envelope_of(telegram_type, event_id=event_id).unit is None


def test_the_title_gives_the_type_where_the_file_name_holds_none() -> None:
    assert envelope_of("", title="震源・震度に関する情報").type == "VXSE53"
    assert envelope_of("VXSE61", title="震源・震度に関する情報").type == "VXSE61"
    assert envelope_of("", title="震源･震度に関する情報").type is None, "titles are matched full-width, as printed"


def test_of_a_repeated_element_the_first_counts(compose: Compose, read: Read) -> None:
    raw = compose("VPWW55", status=Status.EXERCISE)
    twice = raw.replace("<Status>訓練".encode(), "<Status>訓練</Status><Status>通常".encode())
    assert read(twice).status is Status.EXERCISE


@pytest.mark.parametrize("body", ["", "<Control/>", "<Control><DateTime>2026-06-28T04:30:12Z</DateTime></Control>"])
def test_a_report_without_control_or_head_is_broken(body: str) -> None:
    root = parse(f'<Report xmlns="http://xml.kishou.go.jp/jmaxml1/">{body}</Report>'.encode())
    with pytest.raises(BrokenTelegramError, match="Control, Head"):
        control.envelope_of(control.read_header(root, "x.xml"))


def test_status_and_info_type_are_the_four_words_and_nothing_near_them() -> None:
    assert envelope_of("VPWW55", status=" 通常\n").status is Status.ACTUAL
    assert envelope_of("VPWW55", status="通 常").status is Status.UNKNOWN
    assert envelope_of("VPWW55").info_type is InfoType.ISSUE


def test_the_envelope_has_aware_times_in_utc(compose: Compose, read: Read) -> None:
    envelope = read(compose("VPWW55", headline="厳重に警戒してください。")).envelope
    assert envelope is not None
    assert envelope.issued_at == datetime(2026, 6, 28, 4, 30, 12, tzinfo=UTC)
    assert envelope.reported_at == envelope.target_at == datetime(2026, 6, 28, 4, 30, tzinfo=UTC)
    assert (envelope.valid_until, envelope.event_id, envelope.serial) == (None, None, None)
    assert (envelope.title, envelope.head_title) == ("気象警報・注意報（Ｒ０６）（大雨）", "大阪府大雨警報・注意報")
    assert envelope.headline == "厳重に警戒してください。"
    assert (envelope.info_kind, envelope.info_kind_version) == ("気象警報・注意報", "1.5_0")
