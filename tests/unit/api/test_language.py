"""Which language a request gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.wording.tables import Wording
from api.language import negotiate

WORDING = Wording.load()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ja"),
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("ja;q=0.5, en;q=0.9", "en"),
        ("fr, en;q=0.1", "en"),
        ("fr", "ja"),
        ("*", "ja"),
        ("en;q=0", "ja"),
        ("EN-us", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK;q=0.9, en;q=0.8", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant-MO", "zh-Hant"),
        ("vi-VN", "vi"),
        ("ja-Hira", "ja-Hira"),
        ("tl, ko;q=0.5", "ko"),
        ("en;q=high", "ja"),
        (";;,,q=1", "ja"),
    ],
)
def test_the_best_language_we_have_is_chosen(header, language):
    assert negotiate(header, WORDING.find, "ja") == language


@given(st.text(max_size=200))
def test_no_header_breaks_the_choice(header):
    assert negotiate(header, WORDING.find, "ja") in WORDING.languages
