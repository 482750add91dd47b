"""What other systems are told of a revision: what is said apart from what to do."""

from dataclasses import dataclass

INSTRUCTIONS = frozenset({"action", "how", "stay", "after", "others"})
"""Parts of a text that say what to do."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One revision in one language; in a drill every text of it is marked (R1)."""

    language: str
    event: str  # name of the kind
    headline: str
    description: str
    instruction: str  # what to do; empty where only official terms may be said
