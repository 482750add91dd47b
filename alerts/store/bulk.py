"""Thousands of small rows given to one statement as one JSON parameter, which both servers unpack themselves."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, Integer, Subquery, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.types import TypeEngine

INTEGER: TypeEngine[Any] = Integer()
TEXT: TypeEngine[Any] = Text()
GIVEN = "given_rows"  # the parameter


def rows_given(columns: dict[str, TypeEngine[Any]], dialect: str) -> Subquery:
    """A table of rows for use inside a statement: selected from, joined or inserted. Its rows are `packed`.

    One parameter for any number of rows: no limit of variables, one plan, 10 times faster than a row at a time. A
    statement with it is built once and used again. `OFFSET 0` keeps it one table: or SQLite unpacks the JSON again for
    each row of the table it is joined to.
    """
    given = bindparam(GIVEN, type_=Text())
    unpacked = func.json_each(given) if dialect == "sqlite" else func.json_array_elements(cast(given, JSON))
    value = unpacked.table_valued("value", name="unpacked").c.value
    parts = [cast(value.op("->>")(literal_column(str(place))), type_) for place, type_ in enumerate(columns.values())]
    named = (part.label(name) for name, part in zip(columns, parts, strict=True))
    return select(*named).offset(literal_column("0")).subquery("given")


def packed(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """The rows as the parameter of a statement made with `rows_given`."""
    return {GIVEN: orjson.dumps(list(rows)).decode()}


def dialect_of(connection: Connection) -> str:
    """`sqlite` or `postgresql`: under which name a statement is built once and kept."""
    return connection.dialect.name
