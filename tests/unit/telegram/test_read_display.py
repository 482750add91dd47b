"""What is shown in the app and never pushed (contract.md, `display`)."""

from collections.abc import Callable

import pytest

from alerts.telegram import catalogue
from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

DISPLAYED = [name for name, entry in catalogue.entries().items() if entry.outcome is Outcome.DISPLAY]


@pytest.mark.parametrize("telegram_type", DISPLAYED)
def test_every_displayed_type_says_what_it_is_and_has_no_notices(telegram_type: str, own: Own, read: Read) -> None:
    title = f"<Title>{catalogue.entries()[telegram_type].title}</Title>"
    event = ("<EventID></EventID>", "<EventID>JPOS260012</EventID>")
    reading = read(own("VPFG50", ("<Title>府県天気概況</Title>", title), event), f"{telegram_type}.xml")
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.DISPLAY, (), frozenset())
    assert reading.reason == f"{telegram_type} is shown in the app of 大東市 and never pushed: 大阪府天気概況."


def test_r16_an_empty_body_is_held(own: Own, read: Read) -> None:
    raw = own("VPFG50")
    start, end = raw.index(b"<Comment>"), raw.index(b"</Comment>") + len(b"</Comment>")
    reading = read(raw[:start] + raw[end:])
    assert reading.outcome is Outcome.HOLD
    assert reading.reason == "Broken: VPFG50 has no Body or an empty one."


def test_a_withdrawn_one_is_displayed_as_withdrawn(own: Own, read: Read) -> None:
    reading = read(own("VPFG50", ("発表", "取消")))
    assert (reading.outcome, reading.hazards) == (Outcome.DISPLAY, frozenset())
    assert "withdraws" in reading.reason
