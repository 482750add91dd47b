"""What the headers of an answer say about time."""

import httpx
import pytest

from workers.feeds.headers import fresh_for, retry_after


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=60", "Age": "17"}, 43),
        ({"Cache-Control": "public, MAX-AGE=60"}, 60),
        ({"Cache-Control": "s-maxage=5, max-age=60"}, 60),
        ({"Cache-Control": "max-age=60", "Age": "600"}, 0),
        ({"Cache-Control": "max-age=60", "Age": "soon"}, 60),
        ({"Cache-Control": "no-cache"}, 60),
        ({}, 60),
    ],
)
def test_an_answer_is_fresh_for_what_is_left_of_its_age(headers: dict[str, str], seconds: float) -> None:
    assert fresh_for(httpx.Headers(headers)) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Tue, 28 Jul 2026 09:45:00 GMT", "Date": "Tue, 28 Jul 2026 09:43:00 GMT"}, 120),
        ({"Retry-After": "Tue, 28 Jul 2026 09:41:00 GMT", "Date": "Tue, 28 Jul 2026 09:43:00 GMT"}, 0),
        ({"Retry-After": "Tue, 28 Jul 2026 09:45:00 GMT"}, None),
        ({"Retry-After": "later"}, None),
        ({"Retry-After": "-5"}, None),
        ({}, None),
    ],
)
def test_how_long_the_server_asks_us_to_stay_away(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(httpx.Headers(headers)) == seconds
