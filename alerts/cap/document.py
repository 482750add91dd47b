"""What a CAP 1.2 message holds (OASIS CAP-v1.2-os §3.2)."""

from dataclasses import dataclass
from datetime import datetime

from alerts.cap.weight import Weight

Pair = tuple[str, str]
"""A valueName and its value."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where it holds. A polygon is closed and runs counter-clockwise: `lat,lon lat,lon …` (WGS 84)."""

    description: str
    polygons: tuple[str, ...]
    geocodes: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What is said in one language."""

    language: str
    categories: tuple[str, ...]
    event: str
    response: str
    weight: Weight
    event_codes: tuple[Pair, ...]
    effective: datetime
    expires: datetime
    sender_name: str
    headline: str
    description: str
    instruction: str
    parameters: tuple[Pair, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class CapAlert:
    """One message. `status` stands first: nothing of a message is looked at before it (R1)."""

    status: str
    scope: str
    restriction: str | None
    identifier: str
    sender: str
    sent: datetime
    kind: str  # msgType
    source: str
    note: str
    references: tuple[str, ...]
    incidents: str
    infos: tuple[Info, ...]
