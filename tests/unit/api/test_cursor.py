"""A cursor leads back to where its page ended, and nothing else is taken for one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursor import CursorError, cursor_of, place_of

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9))])


@given(st.datetimes(timezones=ZONES), st.from_regex(r"\A[0-9a-f]{24}\Z"))
def test_a_cursor_leads_back_to_its_place(moment, name):
    assert place_of(cursor_of((moment, name))) == (moment, name)


@pytest.mark.parametrize("text", ["", "x", "あ", "%%%", "MjAyNi0wMS0wMQ", cursor_of((datetime(2026, 1, 1), "a"))])  # noqa: DTZ001
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorError):
        place_of(text)


@given(st.text(max_size=200))
def test_no_text_does_anything_else(text):
    try:
        place_of(text)
    except CursorError:
        return
    assert cursor_of(place_of(text))
