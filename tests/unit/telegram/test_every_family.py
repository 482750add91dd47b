"""What holds for every family alike: status, corrections, retractions, layouts, JMA's schema."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from alerts.telegram.catalogue import entries
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.kinds import hazards_of
from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

OWN_TELEGRAMS = sorted((Path(__file__).parents[2] / "telegrams").glob("*.xml"))
TYPES = [file.name.split("_")[2] for file in OWN_TELEGRAMS]
LIVE = [
    name
    for name in TYPES
    if entries()[name].outcome is Outcome.LIVE and name != "VPWW61"  # VPWW55-61: test_read_warning.py
]
ISSUED, ACTUAL = "<InfoType>発表</InfoType>", "<Status>通常</Status>"


@pytest.mark.parametrize("file", OWN_TELEGRAMS, ids=lambda file: file.name)
def test_own_telegrams_are_valid_by_jmas_schema(file: Path, schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.parse(file))


@pytest.mark.parametrize("telegram_type", LIVE)
def test_an_own_telegram_is_live_without_any_oddity(telegram_type: str, own: Own, read: Read) -> None:
    reading = read(own(telegram_type), f"20260701120000_0_{telegram_type}_270000.xml")
    assert (reading.outcome, reading.unknown_codes, reading.oddities) == (Outcome.LIVE, (), ())
    assert reading.notices
    stated = {notice.hazard for notice in reading.notices}
    assert reading.hazards == (stated if telegram_type == "VPBS50" else hazards_of(telegram_type))


@pytest.mark.parametrize(("word", "status"), [("訓練", Status.EXERCISE), ("試験", Status.TEST)])
@pytest.mark.parametrize("telegram_type", LIVE)
def test_r1_a_drill_says_what_a_real_one_says_and_is_a_drill(
    telegram_type: str, word: str, status: Status, own: Own, read: Read
) -> None:
    drill = read(own(telegram_type, (ACTUAL, f"<Status>{word}</Status>")))
    assert (drill.outcome, drill.status) == (Outcome.DRILL, status)
    assert drill.notices == read(own(telegram_type)).notices
    assert drill.envelope is not None
    assert f"/{status}/" in (drill.envelope.unit or "")


@pytest.mark.parametrize("telegram_type", LIVE)
def test_a_retraction_decides_every_hazard_of_its_type_and_says_nothing(
    telegram_type: str, own: Own, read: Read
) -> None:
    root = etree.parse(BytesIO(own(telegram_type, (ISSUED, "<InfoType>取消</InfoType>")))).getroot()
    for detail in [*root.findall("{*}Head/{*}Headline/{*}Information"), *root.findall("{*}Body/*")]:
        detail.getparent().remove(detail)
    reading = read(etree.tostring(root))
    assert (reading.outcome, reading.info_type) == (Outcome.LIVE, InfoType.RETRACTION)
    assert (reading.notices, reading.hazards) == ((), hazards_of(telegram_type))


@pytest.mark.parametrize(("word", "info_type"), [("訂正", InfoType.CORRECTION), ("遅延", InfoType.DELAY)])
@pytest.mark.parametrize("telegram_type", LIVE)
def test_a_correction_or_delay_is_read_like_an_issue(
    telegram_type: str, word: str, info_type: InfoType, own: Own, read: Read
) -> None:
    reading = read(own(telegram_type, (ISSUED, f"<InfoType>{word}</InfoType>")))
    assert (reading.outcome, reading.info_type) == (Outcome.LIVE, info_type)
    assert reading.notices == read(own(telegram_type)).notices


@pytest.mark.parametrize("telegram_type", LIVE)
def test_r16_an_unknown_layout_is_read_and_told(telegram_type: str, own: Own, read: Read) -> None:
    reading = read(own(telegram_type, ("</InfoKindVersion>", "9</InfoKindVersion>")))
    assert (reading.outcome, len(reading.oddities)) == (Outcome.LIVE, 1)
    assert "has the layout" in reading.oddities[0]


@pytest.mark.parametrize("telegram_type", LIVE)
def test_r16_an_empty_body_is_held_or_says_nothing_but_the_headline(telegram_type: str, own: Own, read: Read) -> None:
    root = etree.parse(BytesIO(own(telegram_type))).getroot()
    for detail in root.findall("{*}Body/*"):
        detail.getparent().remove(detail)
    reading = read(etree.tostring(root))
    by_headline = telegram_type in ("VXKO52", "VPBS50")  # the headline states the code and the area
    assert reading.outcome is (Outcome.LIVE if by_headline else Outcome.HOLD)
    assert bool(reading.notices) is by_headline
