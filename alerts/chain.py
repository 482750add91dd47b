"""Which telegrams tell one story: alerts follow chains, the order of telegrams follows units (jma.md §2.4, R14).

Most chains are units. An earthquake is told first by region (VXSE51) and then by municipality (VXSE53): two units, one
story. A tsunami table lists all areas whatever the event, and a bulletin says the same hazard under a new EventID. A
warning is the city's whoever edits it: only telegrams that cover the city act, and an office may be renamed.
"""

from alerts.telegram.envelope import Envelope

WARNINGS = tuple(f"VPWW{number}" for number in range(55, 62))
_QUAKES = ("VXSE51", "VXSE53")
_BY_EVENT = dict.fromkeys(_QUAKES, "quake")
_BY_TYPE = frozenset({"VTSE41", "VPBS50", *WARNINGS})
_MESSAGES = frozenset({"VPBS50"})
TABLES = ("VPWS50", "VPWW54")  # say in one telegram what the warnings say in seven (summary.py)


def chain_of(envelope: Envelope) -> str | None:
    """The chain of a telegram; None where it has no unit. The status is always part of it (R1)."""
    if envelope.unit is None:
        return None
    if envelope.type in _BY_EVENT:
        return f"{_BY_EVENT[envelope.type]}/{envelope.status}/{envelope.event_id}"
    if envelope.type in _BY_TYPE:
        return f"{envelope.type}/{envelope.status}"
    return envelope.unit


def is_of_warnings(chain: str) -> bool:
    """Whether a chain is one of the weather warnings, VPWW55-61."""
    return chain.partition("/")[0] in WARNINGS


def is_of_messages(chain: str) -> bool:
    """Whether each unit speaks for itself alone: one that is silent on a hazard does not end what another said."""
    return chain.partition("/")[0] in _MESSAGES


def beginnings_of_units(chain: str) -> tuple[str, ...]:
    """How the keys of the units begin that may speak in a chain: what is looked for among stored telegrams."""
    name, _, rest = chain.partition("/")
    if name == "quake":
        return tuple(f"{one}/{rest}" for one in _QUAKES)
    if name in WARNINGS:
        return tuple(f"{one}/{rest}/" for one in (name, *TABLES))
    return (chain,)
