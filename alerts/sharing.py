"""Family share: one phone is told what the places of another get, by a code that the other gives away (issue 6)."""

import secrets
from collections.abc import Mapping, Set
from datetime import timedelta
from enum import StrEnum

CODE_LIVES = timedelta(minutes=15)  # long enough to be read out on the telephone
CODE_LENGTH = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: 50 bit, and no letter is taken for a digit
MOST_FOLLOWERS = 10  # of one phone
MOST_FOLLOWED = 5  # by one phone
WRONG_CODES = 5  # that a phone may show within `PATIENCE`
PATIENCE = timedelta(minutes=15)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Refusal(StrEnum):
    """Why a code that is right makes no follow; each value is the sentence for whoever asked."""

    ITSELF = "a phone cannot follow itself: give the code to the other phone"
    AGAIN = "this phone follows that one already"
    CIRCLE = "that phone is told of this one's places already, directly or through others: one of the two may follow"
    FOLLOWERS = f"{MOST_FOLLOWERS} phones follow that one already: one of them must end it first"
    FOLLOWED = f"this phone follows {MOST_FOLLOWED} others already: end one of them first"


def new_code() -> str:
    """A code as it is shown: ABCD-EFGHJK."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def plain_code(typed: str) -> str:
    """A code as it is compared, however it was typed or misread."""
    return typed.upper().translate(_MISREAD)


def refusal(follower: int, followed: int, follows: Mapping[int, Set[int]], followers: int) -> Refusal | None:
    """Why one phone may not follow another; None if it may.

    `follows` has, by follower, whom the phones follow that can be reached from `followed`, and what `follower` follows;
    `followers` is how many follow `followed`.
    """
    if follower == followed:
        return Refusal.ITSELF
    if followed in follows.get(follower, ()):
        return Refusal.AGAIN
    if follower in reached(followed, follows):
        return Refusal.CIRCLE
    if followers >= MOST_FOLLOWERS:
        return Refusal.FOLLOWERS
    return Refusal.FOLLOWED if len(follows.get(follower, ())) >= MOST_FOLLOWED else None


def reached(start: int, follows: Mapping[int, Set[int]]) -> set[int]:
    """Everybody whom a phone follows, directly or through others."""
    found: set[int] = set()
    waiting = set(follows.get(start, ()))
    while waiting:
        found |= waiting
        waiting = {further for one in waiting for further in follows.get(one, ())} - found
    return found


def free_number(taken: Set[int]) -> int:
    """The smallest number that none of a phone's follows has: it stands in pushes, where few numbers cost little."""
    return next(number for number in range(MOST_FOLLOWED) if number not in taken)
