"""Between dataclasses and rows: a field and its column have one name, so nothing is listed twice."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def values_of(record: DataclassInstance) -> dict[str, Any]:
    """The columns of a record, by name."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def columns_of(table: Table, record: type[DataclassInstance]) -> list[Column[Any]]:
    """The columns of `table` that a record of this class holds."""
    return [table.c[field.name] for field in fields(record)]
