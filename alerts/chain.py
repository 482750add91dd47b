"""Which telegrams tell one story: alerts follow chains, the order of telegrams follows units (jma.md §2.4, R14).

Most chains are units. An earthquake is told first by region (VXSE51) and then by municipality (VXSE53): two units, one
story. A tsunami table lists all areas whatever the event, and a bulletin says the same hazard under a new EventID.
"""

from alerts.telegram.envelope import Envelope

_BY_EVENT = {"VXSE51": "quake", "VXSE53": "quake"}
_BY_TYPE = frozenset({"VTSE41", "VPBS50"})


def chain_of(envelope: Envelope) -> str | None:
    """The chain of a telegram; None where it has no unit. The status is always part of it (R1)."""
    if envelope.unit is None:
        return None
    if envelope.type in _BY_EVENT:
        return f"{_BY_EVENT[envelope.type]}/{envelope.status}/{envelope.event_id}"
    if envelope.type in _BY_TYPE:
        return f"{envelope.type}/{envelope.status}"
    return envelope.unit
