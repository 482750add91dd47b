"""Who may follow whom: never itself, never in a circle, never more than are allowed."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.sharing import (
    ALPHABET,
    MOST_FOLLOWED,
    MOST_FOLLOWERS,
    Refusal,
    free_number,
    new_code,
    plain_code,
    reached,
    refusal,
)

phones = st.integers(1, 6)
wishes = st.lists(st.tuples(phones, phones), max_size=40)


@given(wishes)
def test_whatever_is_asked_for_no_circle_and_no_crowd_comes_of_it(asked):
    follows, followers = defaultdict(set), defaultdict(int)
    for follower, followed in asked:
        if refusal(follower, followed, follows, followers[followed]) is None:
            follows[follower].add(followed)
            followers[followed] += 1
    assert all(phone not in reached(phone, follows) for phone in range(1, 7))
    assert all(len(followed) <= MOST_FOLLOWED for followed in follows.values())
    assert all(count <= MOST_FOLLOWERS for count in followers.values())


@pytest.mark.parametrize(
    ("follower", "followed", "follows", "followers", "expected"),
    [
        (1, 2, {}, 0, None),
        (1, 1, {}, 0, Refusal.ITSELF),
        (1, 2, {1: {2}}, 1, Refusal.AGAIN),
        (1, 2, {2: {1}}, 0, Refusal.CIRCLE),
        (1, 2, {2: {3}, 3: {1}}, 0, Refusal.CIRCLE),
        (1, 2, {}, MOST_FOLLOWERS, Refusal.FOLLOWERS),
        (1, 2, {1: set(range(10, 10 + MOST_FOLLOWED))}, 0, Refusal.FOLLOWED),
    ],
)
def test_a_follow_is_refused_for_a_reason(follower, followed, follows, followers, expected):
    assert refusal(follower, followed, follows, followers) is expected


def test_a_code_is_the_same_however_it_is_typed_and_never_twice_the_same():
    code = new_code()
    assert plain_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == plain_code(code)
    assert set(plain_code(code)) <= set(ALPHABET)
    assert len({new_code() for _ in range(100)}) == 100


@given(st.sets(st.integers(0, MOST_FOLLOWED - 1), max_size=MOST_FOLLOWED - 1))
def test_a_new_follow_gets_a_number_of_its_own(taken):
    assert free_number(taken) not in taken
