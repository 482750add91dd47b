"""`INSERT … ON CONFLICT`, which both servers speak and SQLAlchemy spells once for each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """The same, for a statement that is built once and kept."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def add_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Inserts a row whose key may be there already; False if it is, and then nothing is changed.

    Asks for the row back to know it: PostgreSQL's driver does not count what an insert passed over.
    """
    insert = insert_into(connection, table).values(values).on_conflict_do_nothing()
    return connection.execute(insert.returning(*table.primary_key)).first() is not None
