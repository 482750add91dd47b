"""Daito, an Osaka of three cities, and a way to compose telegrams about them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Municipality, OfficeArea, Place, Stated
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Reading

ISSUED_AT = datetime(2026, 6, 28, 4, 30, 12, tzinfo=UTC)
OWN_TELEGRAMS = Path(__file__).parents[2] / "telegrams"

Compose = Callable[..., bytes]
Read = Callable[..., Reading]
Own = Callable[..., bytes]


@pytest.fixture(scope="session")
def daito() -> CityCodes:
    return CityCodes(
        name="大東市",
        name_en="Daito City",
        prefecture="大阪府",
        code="27218",
        municipality="2721800",
        class15="270003",
        class10="270000",
        office="270000",
        region="010600",
        quake_region="520",
        tsunami_region="510",
        rivers=("860604000600", "860604000102"),
    )


@pytest.fixture(scope="session")
def osaka() -> OfficeArea:
    prefecture, east, city = Place("270000", "大阪府"), Place("270003", "東部大阪"), Place("270001", "大阪市")
    return OfficeArea(
        prefecture,
        "大阪管区気象台",
        (
            Municipality(Place("2710000", "大阪市"), city, prefecture),
            Municipality(Place("2721800", "大東市"), east, prefecture),
            Municipality(Place("2722700", "東大阪市"), east, prefecture),
        ),
    )


@pytest.fixture(scope="session")
def compose(osaka: OfficeArea) -> Compose:
    """Composes a telegram of 大阪府; `daito` are 大東市's lines."""

    def composed(
        telegram_type: str = "VPWW55",
        daito: Sequence[Stated] = (),
        *,
        items: Mapping[str, Sequence[Stated]] = MappingProxyType({}),
        status: Status = Status.ACTUAL,
        info_type: InfoType = InfoType.ISSUE,
        headline: str = "",
    ) -> bytes:
        stated = {"2721800": daito, **items}
        return compose_warning(
            telegram_type, osaka, stated, ISSUED_AT, status=status, info_type=info_type, headline=headline
        )

    return composed


@pytest.fixture(scope="session")
def read(daito: CityCodes) -> Read:
    """Reads bytes for 大東市 under a name that holds no type, unless one is given."""

    def reading(raw: bytes, file: str = "telegram.xml") -> Reading:
        return read_telegram(raw, file, daito)

    return reading


@pytest.fixture(scope="session")
def own_telegrams() -> Path:
    return OWN_TELEGRAMS


@pytest.fixture(scope="session")
def own() -> Own:
    """An own telegram by its type, with changes `(old, new)` that must be possible: else a test would prove nothing."""

    def edited(telegram_type: str, *changes: tuple[str, str]) -> bytes:
        (file,) = OWN_TELEGRAMS.glob(f"*_{telegram_type}_*.xml")
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{file.name} has no {old}"
            text = text.replace(old, new)
        return text.encode()

    return edited


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """JMA's own schema (tests/telegrams/SOURCES.md)."""
    return etree.XMLSchema(etree.parse(OWN_TELEGRAMS / "xsd" / "jmx.xsd"))
