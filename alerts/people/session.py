"""How long somebody who has logged in stays in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FRESH = timedelta(minutes=10)
LOOKED_AT_EVERY = timedelta(minutes=1)  # how exactly the last sign of life is kept


class Method(StrEnum):
    """What came with the password; a passkey stands for both, because the device asks for a finger or a PIN."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"  # one of the printed codes
    CODE = "code"  # given by an administrator, or on the machine


@dataclass(frozen=True, slots=True)
class SessionRules:
    """The city's limits: without a sign of life, and however busy."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that has logged in. Only a hash of what the browser holds is kept (R20)."""

    token_hash: str
    officer_id: str
    method: Method
    opened_at: datetime
    seen_at: datetime

    def is_over(self, now: datetime, rules: SessionRules) -> bool:
        """Whether he must log in again. A session from the future is over: the clock cannot be trusted."""
        ended = now - self.seen_at >= rules.idle or now - self.opened_at >= rules.longest
        return ended or self.opened_at - now > LOOKED_AT_EVERY

    def is_fresh(self, now: datetime) -> bool:
        """Whether he has just proved who he is: asked before a key to the door is changed."""
        return now - self.opened_at < FRESH

    def must_be_noted(self, now: datetime) -> bool:
        """Whether a request is worth a write: a busy page must not write at every look."""
        return now - self.seen_at >= LOOKED_AT_EVERY
