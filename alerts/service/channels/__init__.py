"""The second channel: the list, who of it is told, and the telling itself (R21, R26)."""

from alerts.service.channels.dispatch import dispatch
from alerts.service.channels.spread import spread

__all__ = ["dispatch", "spread"]
