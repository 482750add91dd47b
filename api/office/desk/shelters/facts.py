"""What the form says that tells residents more of a place."""

from alerts.shelter.report import MOST_PEOPLE, OpeningReport
from api.office.forms import Fields
from api.office.passes.said import number

_MOST_CHARACTERS = 200


def facts(fields: Fields) -> OpeningReport | None:
    """The report; an empty field says that it is not known any more. None for what cannot be kept."""
    seen, room = number(fields.text("seen")), fields.text("capacity").strip()
    capacity = number(room) if room else None
    texts = {name: fields.text(name).strip() for name in ("floor", "pets", "wheelchair", "nursing", "note")}
    is_kept = all(len(text) <= _MOST_CHARACTERS and (not text or text.isprintable()) for text in texts.values())
    if seen is None or not is_kept or (room and (capacity is None or not 0 < capacity <= MOST_PEOPLE)):
        return None
    return OpeningReport(
        fields.text("facility")[:80],
        seen,
        capacity=capacity,
        floor=texts["floor"] or None,
        pets=texts["pets"] or None,
        wheelchair=texts["wheelchair"] or None,
        nursing=texts["nursing"] or None,
        note=texts["note"] or None,
    )
