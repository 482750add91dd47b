"""What a form sends, as HTML forms have it: names and texts, no files."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

_MOST_FIELDS = 2_000  # a large city opens all its places in one form; the body has a limit of its own


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one form."""

    values: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """A field's text; empty where it is missing."""
        return self.values.get(name, ("",))[0]

    def texts(self, name: str) -> tuple[str, ...]:
        """Every choice of a field."""
        return self.values.get(name, ())


async def read_form(request: Request) -> Fields:
    """Reads the body; one that is no form has no fields, and is refused for want of a token."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()  # limited for every request (api/manners.py)
    if kind != "application/x-www-form-urlencoded":
        return Fields({})
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        return Fields({})
    values: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        values[name] = (*values.get(name, ()), text)
    return Fields(values)
