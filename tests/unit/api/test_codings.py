"""Which content coding a request takes."""

import pytest

from api.codings import accepted


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("identity", "identity"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("br;q=nonsense, gzip", "gzip"),
        ("zstd", "identity"),
    ],
)
def test_the_best_of_ours_is_taken_and_a_plain_answer_else(asked, coding):
    assert accepted(asked) == coding
