"""A webhook's secret, and the one before it while its receiver changes over (Standard Webhooks, key rotation)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BOTH_HOLD = timedelta(days=1)  # after a change: a receiver changes over without refusing anything


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a letter is signed with. `former` holds until `former_until`."""

    current: str
    former: str | None = None
    former_until: datetime | None = None

    @classmethod
    def read(cls, text: str) -> "Secrets":
        """From what `text` gives: words that no secret has a space in."""
        current, *before = text.split(" ")
        return cls(current, before[0], datetime.fromisoformat(before[1])) if before else cls(current)

    @property
    def text(self) -> str:
        """In one text, to be sealed."""
        if self.former is None or self.former_until is None:
            return self.current
        return f"{self.current} {self.former} {self.former_until.isoformat()}"

    def renewed(self, secret: str, now: datetime, *, both_hold: bool) -> "Secrets":
        """With a new one; the one in use until now holds for a while yet, or for no moment longer."""
        return Secrets(secret, self.current, now + BOTH_HOLD) if both_hold else Secrets(secret)

    def holding(self, at: datetime) -> tuple[str, ...]:
        """Those that hold then, the newest first."""
        if self.former is None or self.former_until is None or at >= self.former_until:
            return (self.current,)
        return self.current, self.former
