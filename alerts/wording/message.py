"""What a phone shows for one revision, before any push provider is involved."""

from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Change, Urgency


@dataclass(frozen=True, slots=True)
class Text:
    """What a phone shows, and what a voice reads of it."""

    title: str
    body: str
    spoken: str  # whole sentences without brackets, furigana and abbreviations; never cut


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One rendered notification: the same for every device of one language and tier.

    `tag` is the alert's id, so that a later revision, or a message sent twice after a crash, replaces the one on the
    phone (R15). After `expires_at`, the deadline of the city's table, no push of it is of use (R22).
    """

    alert_id: str
    revision: int
    change: Change
    hazard: str
    code: str
    level: int | None
    urgency: Urgency
    language: str  # BCP 47: ja, en
    title: str
    body: str
    drill: bool
    issued_at: datetime
    expires_at: datetime
    silent: bool = False  # shown without a sound: quiet hours, or the phone has just rung (alerts/ringing.py)
    places: tuple[int, ...] = ()  # of the phone's own places, those it is about; none where it has told no district
    follows: tuple[int, ...] = ()  # likewise of the phones it follows
    digest: tuple[str, ...] = ()  # of several notices in one: each as alert/revision, its own among them
    spoken: str = ""  # for a voice; asked for by the app, no part of the payload

    @property
    def tag(self) -> str:
        """Notification tag (Android) and collapse id (APNs), at most 64 bytes."""
        return self.alert_id
