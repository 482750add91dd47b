"""The words the store itself keeps: what became of a stored telegram, a chunk, a drill."""

from enum import StrEnum


class Applied(StrEnum):
    """Whether a telegram moved the situation."""

    APPLIED = "applied"
    STALE = "stale"  # a newer one of its unit was there already
    NONE = "none"


class ChunkState(StrEnum):
    """Where a delivery chunk stands. The first two are open, the others are final."""

    DUE = "due"
    CLAIMED = "claimed"
    DONE = "done"
    SUPERSEDED = "superseded"  # a later revision took its place before it was claimed (R29)
    EXPIRED = "expired"  # the push deadline passed (R22)


OPEN_CHUNKS = (ChunkState.DUE, ChunkState.CLAIMED)


class EntryState(StrEnum):
    """What became of a feed entry. Only `due` is still worked on; every other entry is never fetched (again)."""

    DUE = "due"
    RECEIVED = "received"
    SKIPPED = "skipped"  # not for this city: not fetched
    REFUSED = "refused"  # names another host than the feed's
    GIVEN_UP = "given_up"  # announced, but not to be had


class DrillState(StrEnum):
    """Where a drill run stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
