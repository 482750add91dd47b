"""Which telegrams replace each other: the key of the unit of information (独立した情報単位, jma.md §2.4)."""

import re

from alerts.telegram import catalogue
from alerts.telegram.catalogue import UnitScheme
from alerts.telegram.envelope import Status

_EARTHQUAKE = re.compile(r"[0-9]{14}")


def unit_of(telegram_type: str | None, status: Status, office: str, event_id: str | None) -> str | None:
    """The key; None for unknown types, and where the EditorialOffice or the EventID that makes it is missing.

    The status is always part of it, so that a drill never touches what is actual (R1). The producing office is left
    out for earthquakes and tsunami: production may move between Tokyo and Osaka in mid-event. The type stands for
    the title: in the types told apart by office the two are one to one.
    """
    entry = catalogue.entries().get(telegram_type or "")
    if entry is None or telegram_type is None:
        return None
    if entry.unit is UnitScheme.OFFICE:
        return f"{telegram_type}/{status}/{office}" if office else None
    family = telegram_type[:4] if entry.unit is UnitScheme.FAMILY_EVENT else telegram_type
    return f"{family}/{status}/{_first_event(event_id)}" if event_id else None


def _first_event(event_id: str) -> str:
    """Of earthquakes that joined (`20110311144640 20110311151500`) the first: its unit goes on (jma.md §2.4, §3.5)."""
    events = event_id.split()
    return min(events) if all(map(_EARTHQUAKE.fullmatch, events)) else event_id
