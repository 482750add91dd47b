"""The seal of a draft: one hash over everything that a resident or a phone could notice (R2, issue 8.3)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from alerts.alert import Change, Urgency
from alerts.office.content import Content
from alerts.wording.message import Text


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is approved: not the form, but what will happen."""

    world: str  # an approval of a drill is none of the live world (R1)
    draft: str
    version: int
    change: Change
    alert_id: str | None
    content: Content
    urgency: Urgency
    texts: Mapping[str, Text]  # by language, as the phone shows them

    @property
    def seal(self) -> str:
        """SHA-256 of its canonical JSON, in hex."""
        return sha256(_canonical(asdict(self)).encode()).hexdigest()


def _canonical(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    """What JSON has no word for. Raises `TypeError` for anything unforeseen: a seal never leaves something out."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"a seal cannot hold a {type(value).__name__}")
