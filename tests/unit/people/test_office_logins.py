"""Names, passwords, codes, sessions and throttling: what is taken, and what must wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.people import throttle
from alerts.people.code import BYTES, digest, plain, spelled, totp_digits
from alerts.people.officer import login_name
from alerts.people.password import Weakness, weakness
from alerts.people.session import Method, Session, SessionRules
from alerts.people.throttle import FREE, LONGEST_WAIT, Failures, counted_by, must_wait, one_more

NOW = datetime(2026, 9, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(("typed", "kept"), [("Sato", "sato"), ("ｓａｔｏ．ｋ", "sato.k"), (" k-sato_2 ", "k-sato_2")])
def test_a_login_name_is_one_however_it_was_typed(typed, kept):
    assert login_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "佐藤", "a b c", ".sato", "sato-", "a" * 41, "sato\n<script>", "a/../b"])
def test_what_can_be_no_login_name_is_none(typed):
    assert login_name(typed) is None


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("kawa no nagare", None),
        ("かわのながれはたえずして", None),
        ("short pass", Weakness.SHORT),
        ("x" * 201, Weakness.LONG),
        ("Password1234", Weakness.COMMON),
        ("ｐａｓｓｗｏｒｄ１２３４", Weakness.COMMON),
        ("ababababababab", Weakness.MONOTONOUS),
        ("my-name-is-SATO-k", Weakness.NAMES_OFFICER),
    ],
)
def test_a_password_is_taken_when_it_is_long_and_not_the_first_to_be_guessed(password, found):
    assert weakness(password, "sato") is found


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_a_code_is_found_again_however_it_is_typed(random):
    code = spelled(random)
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in code.lower())
    assert digest(code) == digest(code.replace("-", "").lower()) == digest(wide) is not None
    assert digest(code.replace("0", "O").replace("1", "l")) == digest(code)


@given(st.binary(min_size=BYTES, max_size=BYTES), st.binary(min_size=BYTES, max_size=BYTES))
def test_two_codes_are_two(one, other):
    assert (digest(spelled(one)) == digest(spelled(other))) is (one == other)


@given(st.text(max_size=30))
def test_nothing_typed_is_both_an_app_s_code_and_a_printed_one(typed):
    assert totp_digits(typed) is None or digest(typed) is None
    assert plain(typed) == plain(plain(typed))


@pytest.mark.parametrize(("typed", "digits"), [("123 456", "123456"), ("１２３４５６", "123456"), ("12345", None)])
def test_an_app_s_code_is_six_digits(typed, digits):
    assert totp_digits(typed) == digits


def session(opened=NOW, seen=NOW):
    return Session("hash", "officer", Method.TOTP, opened, seen)


@pytest.mark.parametrize(
    ("opened_ago", "seen_ago", "over"),
    [(1, 1, False), (29, 29, False), (30, 30, True), (719, 1, False), (720, 1, True), (-2, -2, True)],
)
def test_a_session_ends_without_a_sign_of_life_and_after_a_day_s_work(opened_ago, seen_ago, over):
    opened, seen = NOW - timedelta(minutes=opened_ago), NOW - timedelta(minutes=seen_ago)
    assert session(opened, seen).is_over(NOW, SessionRules()) is over


def test_keys_are_changed_only_in_the_first_minutes():
    assert session().is_fresh(NOW + timedelta(minutes=9))
    assert not session().is_fresh(NOW + timedelta(minutes=10))


@given(st.integers(min_value=1, max_value=200))
def test_waiting_grows_and_never_becomes_a_locked_door(count):
    failures = Failures(count, NOW)
    wait = (must_wait(failures, NOW) or NOW) - NOW
    assert wait <= LONGEST_WAIT
    assert (wait > timedelta(0)) is (count >= FREE)
    assert must_wait(failures, NOW + LONGEST_WAIT) is None
    assert wait <= Failures(count + 1, NOW).free_at() - NOW


def test_what_was_tried_yesterday_is_forgotten():
    assert one_more(Failures(50, NOW - throttle.FORGOTTEN_AFTER), NOW) == Failures(1, NOW)
    assert one_more(Failures(3, NOW), NOW) == Failures(4, NOW)


def test_a_stranger_is_not_counted_where_the_officer_s_own_browser_is():
    assert counted_by("sato", "id", None) != counted_by("sato", "id", "browser")


@given(st.lists(st.text(max_size=20), max_size=50))
def test_invented_names_fill_a_few_bins_only(names):
    bins = {counted_by(name, None, None) for name in names}
    assert all(int(each.removeprefix("unknown:")) < 1024 for each in bins)
