"""How each urgency looks and sounds on the phone (design.md §4)."""

from dataclasses import dataclass

from alerts.alert import Urgency
from alerts.wording.message import PhoneMessage


@dataclass(frozen=True, slots=True)
class Presentation:
    """What one urgency asks of the phone."""

    android_channel: str
    android_priority: str  # for Android before 8.0, which has no channels
    ios_level: str  # interruption-level
    ios_level_without_entitlement: str
    pierces_silence: bool  # critical sound, where Apple granted the entitlement
    sounds: bool = True


PRESENTATION: dict[Urgency, Presentation] = {
    Urgency.CRITICAL: Presentation("bosai_critical", "max", "critical", "time-sensitive", True),
    Urgency.HIGH: Presentation("bosai_high", "high", "time-sensitive", "time-sensitive", False),
    Urgency.NORMAL: Presentation("bosai_normal", "default", "active", "active", False),
}
_SILENT = Presentation("bosai_silent", "low", "passive", "passive", False, sounds=False)


def presentation_of(message: PhoneMessage) -> Presentation:
    """How a message looks and sounds: as its urgency says, or shown beside the one that has just rung (R14)."""
    return _SILENT if message.silent else PRESENTATION[message.urgency]
