"""JMA's period sentences, which name days without a month."""

from datetime import UTC, datetime

import pytest

from alerts.times import JST
from alerts.wording.times import find_period

ISSUED_AT = datetime(2026, 7, 26, 10, 0, tzinfo=UTC)  # 26日19時


def japan(month, day, hour, year=2026):
    return datetime(year, month, day, hour, tzinfo=JST)


@pytest.mark.parametrize(
    ("sentence", "start", "end", "level"),
    [
        ("２６日２０時から２７日０時まで、警戒レベル４相当", japan(7, 26, 20), japan(7, 27, 0), 4),
        ("２６日２０時から２４時まで、警戒レベル３相当", japan(7, 26, 20), japan(7, 27, 0), 3),
        ("２５日２１時から２７日３時まで、警戒レベル２", japan(7, 25, 21), japan(7, 27, 3), 2),
        ("３１日２２時から１日４時まで、警戒レベル４相当", japan(7, 31, 22), japan(8, 1, 4), 4),
    ],
)
def test_a_period_has_its_dates_next_to_the_issue(sentence, start, end, level):
    period = find_period([sentence], level, ISSUED_AT)
    assert period is not None
    assert (period.sentence, period.start, period.end, period.level) == (sentence, start, end, level)


def test_the_year_turns_with_the_period():
    issued_at = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    period = find_period(["３１日２２時から１日４時まで、警戒レベル４相当"], 4, issued_at)
    assert period is not None
    assert period.end == japan(1, 1, 4, year=2027)


def test_the_period_of_the_alerts_own_level_is_quoted_first():
    sentences = ["２６日２０時から２２時まで、警戒レベル３相当", "２６日２２時から２３時まで、警戒レベル４相当"]
    assert find_period(sentences, 4, ISSUED_AT).level == 4
    assert find_period(sentences, 5, ISSUED_AT).level == 3


@pytest.mark.parametrize("sentence", ["", "夕方から夜遅くまで", "３９日１時から２時まで、警戒レベル４相当"])
def test_a_sentence_that_is_not_understood_is_not_quoted(sentence):
    assert find_period([sentence], 4, ISSUED_AT) is None
