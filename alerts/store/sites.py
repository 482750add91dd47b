"""Emergency sites and shelters as last imported (city.md §2)."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from alerts.shelter.site import Site
from alerts.store.rows import columns_of, values_of
from alerts.store.tables import sites
from alerts.store.upsert import insert_into


class SiteRepository:
    """The sites of one world. One that a new edition lacks is kept, but is not active any more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace_all(self, new: Iterable[Site], edition: str) -> None:
        """Makes `new` the active sites, all in one go; a site keeps its id across editions."""
        self._connection.execute(update(sites).values(active=False))
        rows = [values_of(site) | {"edition": edition, "active": True} for site in new]
        if not rows:
            return
        insert = insert_into(self._connection, sites)
        renewed = {column.name: insert.excluded[column.name] for column in sites.c if column.name != "id"}
        self._connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=renewed), rows)

    def list(self, *, active: bool = True) -> list[Site]:
        """The sites in the order of their ids; with `active=False` those that are no longer used."""
        chosen = select(*columns_of(sites, Site)).where(sites.c.active == active).order_by(sites.c.id)
        return [Site(**row._mapping) for row in self._connection.execute(chosen)]

    def edition(self) -> str | None:
        """The edition of the active sites; None if none was ever imported."""
        return self._connection.scalar(select(sites.c.edition).where(sites.c.active).limit(1))
