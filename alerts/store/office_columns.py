"""Column types of the office's tables."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Dialect, TypeDecorator

from alerts.office.content import Content
from alerts.wording.office_text import Template


class Contents(TypeDecorator[Content]):
    """What an officer filled in: an object with the fields of `Content`; `districts` is null for the whole city."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Dialect) -> dict[str, Any] | None:
        """Plain JSON."""
        return None if value is None else asdict(value) | {"expires_at": value.expires_at.isoformat()}

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Content | None:
        """The content again."""
        if value is None:
            return None
        kept = {
            "template": Template(value["template"]),
            "districts": None if value["districts"] is None else tuple(value["districts"]),
            "expires_at": datetime.fromisoformat(value["expires_at"]),
            "shelters": tuple(value["shelters"]),
        }
        return Content(**(value | kept))


class Names(TypeDecorator[frozenset[str]]):
    """A set of ids, sorted."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> list[str] | None:
        """A list, as JSON has it."""
        return None if value is None else sorted(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> frozenset[str] | None:
        """The set again."""
        return None if value is None else frozenset(value)
