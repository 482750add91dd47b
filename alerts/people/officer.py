"""An officer, as everybody at the office may see him: nothing here opens a door."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alerts.people.role import Role

NEEDED_APPROVERS = 2  # reachable at any time (R24)
MOST_CHARACTERS = 40  # of a name
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Officer:
    """One person with an account. Accounts are never deleted: the audit goes on naming them."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    created_at: datetime
    disabled_at: datetime | None = None
    signed_in_at: datetime | None = None
    reachable_until: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether he may come in."""
        return self.disabled_at is None

    def is_reachable(self, now: datetime) -> bool:
        """Whether he has said that he can be reached now."""
        return self.is_active and self.reachable_until is not None and now < self.reachable_until


def login_name(text: str) -> str | None:
    """The name as it is stored, whatever way it was typed; None if it can be none.

    Three to forty of a–z, 0–9, dot, hyphen and underscore: it is typed at night, on any keyboard.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return plain if _LOGIN.fullmatch(plain) else None


def reachable_approvers(officers: Iterable[Officer], now: datetime) -> list[Officer]:
    """Those who can let an alert out now; fewer than two is a risk that the office must see (R24)."""
    return [each for each in officers if Role.APPROVER in each.roles and each.is_reachable(now)]


def is_last_administrator(officer: Officer, officers: Iterable[Officer]) -> bool:
    """Whether without him nobody could let people in and out any more."""
    others = (each for each in officers if each.id != officer.id and each.is_active)
    return Role.ADMINISTRATOR in officer.roles and not any(Role.ADMINISTRATOR in each.roles for each in others)
