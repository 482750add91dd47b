"""Composed telegrams are such as JMA would send: valid by its schema, and read back as they were meant."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import OfficeArea, Stated, lone_city
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.kinds import table
from alerts.telegram.layout import BODY, ENDED, HEAD, IN_FORCE, LAYERS
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

Compose = Callable[..., bytes]
Read = Callable[..., Reading]

R06_TYPES = [f"VPWW{number}" for number in range(55, 62)]
MUNICIPALITIES = ["2710000", "2721800", "2722700"]


def codes_of(telegram_type: str) -> list[str]:
    return [code for name, code in table() if name == telegram_type]


@st.composite
def telegrams(draw: st.DrawFn) -> tuple[str, dict[str, list[Stated]], Status, InfoType]:
    """Any telegram that can be composed, with at most one line a hazard in each municipality."""
    telegram_type = draw(st.sampled_from(R06_TYPES))
    line = st.builds(
        Stated,
        st.sampled_from(codes_of(telegram_type)),
        st.sampled_from(sorted(IN_FORCE | {ENDED})),
        st.none() | st.sampled_from(codes_of(telegram_type)),
        st.none() | st.just("２８日１５時から１８時まで、警戒レベル４相当"),
    )
    lines = st.lists(line, max_size=4, unique_by=lambda each: table()[telegram_type, each.code].hazard)
    items = draw(st.dictionaries(st.sampled_from(MUNICIPALITIES), lines))
    status = draw(st.sampled_from([Status.ACTUAL, Status.EXERCISE, Status.TEST]))
    known = [each for each in InfoType if each is not InfoType.UNKNOWN]
    return telegram_type, items, status, draw(st.sampled_from(known))


@given(telegram=telegrams())
def test_whatever_is_composed_is_valid_and_read_back_as_meant(
    telegram: tuple[str, dict[str, list[Stated]], Status, InfoType],
    osaka: OfficeArea,
    daito: CityCodes,
    schema: etree.XMLSchema,
) -> None:
    telegram_type, items, status, info_type = telegram
    issued_at = datetime(2026, 6, 28, 4, 30, 12, tzinfo=UTC)
    raw = compose_warning(telegram_type, osaka, items, issued_at, status=status, info_type=info_type)
    schema.assertValid(etree.fromstring(raw))
    reading = read_telegram(raw, file_name(telegram_type, osaka, issued_at), daito)
    assert (reading.type, reading.status, reading.info_type) == (telegram_type, status, info_type)
    assert reading.outcome is (Outcome.LIVE if status is Status.ACTUAL else Outcome.DRILL)
    meant = [] if info_type is InfoType.RETRACTION else items.get("2721800", [])
    assert [(each.code, each.state.value) for each in reading.notices] == [
        (line.code, "ended" if line.status == ENDED else "in_force") for line in meant
    ]


def test_every_layer_lists_its_areas_and_a_wider_one_says_the_worst(compose: Compose) -> None:
    raw = compose("VPWW55", [Stated("03")], items={"2722700": [Stated("43")], "2710000": [Stated("10", ENDED)]})
    root = etree.fromstring(raw)
    layers = {
        warning.get("type"): [
            (item.findtext(f"{{{BODY}}}Area/{{{BODY}}}Code"), item.findtext(f"{{{BODY}}}Kind/{{{BODY}}}Code"))
            for item in warning
        ]
        for warning in root.iter(f"{{{BODY}}}Warning")
    }
    assert [layers[layer] for layer in LAYERS] == [
        [("270000", "43")],
        [("270000", "43")],
        [("270001", "10"), ("270003", "43")],
        [("2710000", "10"), ("2721800", "03"), ("2722700", "43")],
    ]


def test_a_wider_area_keeps_what_is_in_force_though_something_higher_ended(compose: Compose) -> None:
    root = etree.fromstring(compose("VPWW55", [Stated("43", ENDED)], items={"2722700": [Stated("10")]}))
    assert root.findtext(f".//{{{BODY}}}Warning/{{{BODY}}}Item/{{{BODY}}}Kind/{{{BODY}}}Code") == "10"


def test_the_headline_says_lifted_without_saying_what(compose: Compose) -> None:
    root = etree.fromstring(compose("VPWW55", [Stated("03", ENDED)]))
    assert {code.text for code in root.iter(f"{{{HEAD}}}Code")} >= {"00", "2721800"}
    assert "03" not in {code.text for code in root.iter(f"{{{HEAD}}}Code")}


def test_a_retraction_has_nothing_but_its_text(compose: Compose) -> None:
    root = etree.fromstring(compose("VPWW55", [Stated("03")], info_type=InfoType.RETRACTION, headline="取り消します。"))
    assert list(root.iter(f"{{{BODY}}}*")) == root.findall(f"{{{BODY}}}Body")
    assert root.findtext(f".//{{{HEAD}}}Text") == "取り消します。"
    assert root.find(f".//{{{HEAD}}}Information") is None


def test_an_office_of_one_city_is_enough_for_a_drill(daito: CityCodes, read: Read) -> None:
    area = lone_city(daito, "大阪管区気象台")
    raw = compose_warning("VPWW56", area, {"2721800": [Stated("49")]}, datetime(2026, 6, 28, tzinfo=UTC))
    assert [each.name for each in read(raw).notices] == ["レベル４土砂災害危険警報"]


@pytest.mark.parametrize(
    ("telegram_type", "items", "message"),
    [
        ("VPWW54", {}, "VPWW54 is not a warning of the 2026 regime"),
        ("VPWW55", {"2721800": [Stated("04")]}, "VPWW55 has no Kind with code 04"),
        ("VPWW55", {"2721800": [Stated("03", "続行")]}, "続行 is no status"),
        ("VPWW55", {"4735700": [Stated("03")]}, "大阪府 has no municipality 4735700"),
    ],
)
def test_what_jma_could_not_send_is_not_composed(
    telegram_type: str, items: dict[str, list[Stated]], message: str, osaka: OfficeArea
) -> None:
    with pytest.raises(ValueError, match=message):
        compose_warning(telegram_type, osaka, items, datetime(2026, 6, 28, tzinfo=UTC))


def test_a_file_is_named_as_in_jmas_feed(osaka: OfficeArea) -> None:
    assert file_name("VPWW55", osaka, datetime(2026, 7, 28, 9, 42, 3, tzinfo=UTC)) == (
        "20260728094203_0_VPWW55_270000.xml"
    )


def test_the_hand_written_telegram_is_valid_too(own_telegrams: Path, schema: etree.XMLSchema) -> None:
    for file in own_telegrams.glob("*.xml"):
        assert schema.validate(etree.parse(file)), schema.error_log
