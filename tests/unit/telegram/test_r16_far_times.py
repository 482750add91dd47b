"""A time that no telegram of this age can bear is none: nothing can be reckoned from it (R16)."""

from collections.abc import Callable

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.explain import explain
from alerts.telegram.reading import Outcome
from alerts.telegram.texts import time_of

FAR = ["9999-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "0001-01-01T00:00:00+09:00", "1899-12-31T00:00:00Z"]


@pytest.mark.parametrize("text", FAR)
def test_a_time_of_another_age_is_none(text: str) -> None:
    assert time_of(text) is None


@pytest.mark.parametrize("text", FAR)
def test_r16_a_telegram_sent_in_another_age_is_held(text: str, own: Callable[..., bytes]) -> None:
    raw = own("VTSE41", ("<DateTime>2026-07-01T13:03:12Z</DateTime>", f"<DateTime>{text}</DateTime>"))
    explanation = explain(raw, "VTSE41.xml", load_pack(bundled()))
    assert (explanation.reading.outcome, explanation.pushes) == (Outcome.HOLD, ())
    assert "Control/DateTime" in explanation.reading.reason
