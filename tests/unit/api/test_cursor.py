"""A cursor leads back to where its page ended, and nothing else is taken for one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursor import CursorError, cursor_of, place_of

NO_OFFSET = cursor_of((datetime(2026, 1, 1), "a"), "live")  # noqa: DTZ001
FIRST, LAST = datetime(1900, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001  the zone is drawn
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9))])


@given(st.datetimes(FIRST, LAST, timezones=ZONES), st.from_regex(r"\A[0-9a-f]{24}\Z"))
def test_a_cursor_leads_back_to_its_place(moment, name):
    assert place_of(cursor_of((moment, name), "live"), "live") == (moment, name)


@pytest.mark.parametrize("text", ["", "x", "あ", "%%%", "MjAyNi0wMS0wMQ", NO_OFFSET])
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorError):
        place_of(text, "live")


@given(st.data())
def test_a_cursor_that_was_cut_or_is_of_the_other_world_is_refused(data):
    whole = cursor_of((datetime(2026, 1, 1, tzinfo=UTC), "a1b2c3"), "live")
    for text, world in ((whole[: data.draw(st.integers(0, len(whole) - 1))], "live"), (whole, "drill")):
        with pytest.raises(CursorError):
            place_of(text, world)


@given(st.text(max_size=200))
def test_no_text_does_anything_else(text):
    try:
        place_of(text, "live")
    except CursorError:
        return
    assert cursor_of(place_of(text, "live"), "live")
