"""Column types that give the domain's own values back: aware times, words of an enum, tuples, tiers, extents."""

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, TypeDecorator

from alerts.alert import Change, Tier
from alerts.preferences import Preferences
from alerts.store import preference_text
from alerts.telegram.extent import Extent, Station, SubArea
from alerts.wording.office_text import OfficeText, Template
from alerts.wording.places import Place


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. SQLite has no time zones, so what comes out is marked as UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive time: it would be stored as an instant nobody meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}; give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Marks the stored time as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[Any]):
    """One word of an enum; a word the enum does not know is refused when it is written and when it is read."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.words = words
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The plain word."""
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member of the enum."""
        return None if value is None else self.words(value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A short list of texts, in their order."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:
        """A list, as JSON has it."""
        return None if value is None else list(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple again, so that a dataclass of it stays hashable."""
        return None if value is None else tuple(value)


class Tiers(TypeDecorator[tuple[Tier, ...]]):
    """The tiers of a revision: objects with the fields of `Tier`; `districts` is null for the rest of the city."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Tier, ...] | None, dialect: Dialect) -> list[dict[str, Any]] | None:
        """Districts are sorted, so that one revision is always the same bytes."""
        if value is None:
            return None
        districts = (None if tier.districts is None else sorted(tier.districts) for tier in value)
        return [asdict(tier) | {"districts": ids} for tier, ids in zip(value, districts, strict=True)]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: Dialect) -> tuple[Tier, ...] | None:
        """The domain's tiers."""
        if value is None:
            return None
        ids = (None if tier["districts"] is None else frozenset(tier["districts"]) for tier in value)
        return tuple(Tier(**(tier | {"districts": districts})) for tier, districts in zip(value, ids, strict=True))


class Chosen(TypeDecorator[Preferences]):
    """A phone's choices, in the text of `preference_text`."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Preferences | None, dialect: Dialect) -> str | None:
        """The text."""
        return None if value is None else preference_text.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Preferences:
        """The choices again; nothing chosen where there is no text."""
        return preference_text.read(value)


class Extents(TypeDecorator[Extent]):
    """Where in the city a hazard holds: lists in place of tuples, as JSON has them."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Extent | None, dialect: Dialect) -> dict[str, Any] | None:
        """Nested lists, without the names of fields."""
        if value is None:
            return None
        return {
            "sub_areas": [[part.name, part.level] for part in value.sub_areas],
            "stations": [[each.code, each.name, each.level] for each in value.stations],
            "rivers": list(value.rivers),
        }

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Extent | None:
        """The domain's extent."""
        if value is None:
            return None
        parts = tuple(SubArea(*part) for part in value["sub_areas"])
        return Extent(parts, tuple(Station(*each) for each in value["stations"]), tuple(value["rivers"]))


class Said(TypeDecorator[OfficeText]):
    """What the office says: the names of its places stand in it, so that it can be said whatever the pack becomes."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: OfficeText | None, dialect: Dialect) -> dict[str, Any] | None:
        """An object with the fields of `OfficeText`; `districts` is null for the whole city."""
        if value is None:
            return None
        return asdict(value) | {"issued_at": value.issued_at.isoformat()}

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> OfficeText | None:
        """The office's text again."""
        if value is None:
            return None
        kept = {
            "template": Template(value["template"]),
            "change": Change(value["change"]),
            "issued_at": datetime.fromisoformat(value["issued_at"]),
            "districts": None if value["districts"] is None else _places(value["districts"]),
            "shelters": _places(value["shelters"]),
        }
        return OfficeText(**(value | kept))


def _places(rows: list[dict[str, str]]) -> tuple[Place, ...]:
    return tuple(Place(**row) for row in rows)
