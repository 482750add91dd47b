"""Why something about people is not done. Whoever asks says it in his own words, with what to do next."""

from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Every reason there is."""

    LOGIN_FAILED = "login_failed"  # one answer for a wrong name, password or code
    WAIT = "wait"
    WELCOME_FAILED = "welcome_failed"
    PASSKEY_FAILED = "passkey_failed"
    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    MONOTONOUS = "monotonous"
    NAMES_OFFICER = "names_officer"
    DIFFERENT = "different"  # the password was typed in two ways
    NOT_FRESH = "not_fresh"
    WRONG_CODE = "wrong_code"
    LAST_FACTOR = "last_factor"
    BAD_LOGIN = "bad_login"
    LOGIN_TAKEN = "login_taken"
    NO_NAME = "no_name"
    NO_ROLE = "no_role"
    UNKNOWN_OFFICER = "unknown_officer"
    UNKNOWN_REQUEST = "unknown_request"
    OWN = "own"
    OLD = "old"
    DECIDED = "decided"
    OWN_CODE = "own_code"
    SHUT_OUT = "shut_out"
    LAST_ADMINISTRATOR = "last_administrator"
    NO_PLACE = "no_place"
    NO_LABEL = "no_label"
    UNKNOWN_LINK = "unknown_link"
    LINK_USED = "link_used"  # or over, or revoked, or none of ours


class RefusedError(ValueError):
    """It was not done, and nothing was changed."""

    def __init__(self, reason: Reason, until: datetime | None = None) -> None:
        """`until` is when to try again, of `WAIT`."""
        super().__init__(reason)
        self.reason = reason
        self.until = until
