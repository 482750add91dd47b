"""A telegram that names the city where no reader looks is held: it may not end what is in force (R16)."""

from collections.abc import Callable

import pytest
from lxml import etree

from alerts.telegram.reading import Outcome, Reading

PLACES = {
    "VXSE51": ("520", "Area"),
    "VXSE53": ("2721800", "City"),
    "VXSE62": ("520", "Area"),
    "VTSE41": ("510", "Item"),
    "VFVO53": ("2721800", "Item"),
}


def renamed(raw: bytes, code: str, around: str) -> bytes:
    """The telegram with another name for every element of the body that is around the code."""
    root = etree.fromstring(raw)
    for each in root.findall("{*}Body//{*}Code"):
        if (each.text or "").strip() == code:
            part = next(each.iterancestors(f"{{*}}{around}"), None)
            if part is not None:
                part.tag = f"{{urn:new}}{around}"
    return etree.tostring(root)


@pytest.mark.parametrize("telegram_type", PLACES)
def test_r16_the_city_in_an_unknown_element_is_held_and_ends_nothing(
    telegram_type: str, own: Callable[..., bytes], read: Callable[..., Reading]
) -> None:
    raw = own(telegram_type)
    reading = read(renamed(raw, *PLACES[telegram_type]), f"{telegram_type}.xml")
    assert read(raw, f"{telegram_type}.xml").notices
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.HOLD, (), frozenset())
    assert reading.reason.startswith("Broken: ")
