"""Whether a request comes from the city's own app, as Firebase App Check says (conventions.md, HTTP)."""

from enum import Enum, auto
from typing import Protocol


class Verdict(Enum):
    """What is known of a request's token."""

    GENUINE = auto()
    REFUSED = auto()  # none, forged, expired, or made for another project
    UNKNOWN = auto()  # Google's keys cannot be had: nobody is refused for that


class AppCheck(Protocol):
    """Verifies tokens of the header X-Firebase-AppCheck."""

    def verdict(self, token: str | None) -> Verdict:
        """What is known of a token. Never raises, and answers within some seconds, whatever Google does."""


class CannotCheck:
    """Where it is switched on and the project's key cannot be used."""

    def verdict(self, token: str | None) -> Verdict:
        """See `AppCheck`."""
        return Verdict.UNKNOWN


class NoAppCheck:
    """Where the city has not switched it on: every app is taken for its own."""

    def verdict(self, token: str | None) -> Verdict:
        """See `AppCheck`."""
        return Verdict.GENUINE
