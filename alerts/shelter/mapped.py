"""Reads a list of emergency sites by a column map: the standard's sheets, or a city's own layout (city.md §2.2)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from alerts.city.geojson_file import Geometry
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.shelter.column_checks import has_any, missing_columns, odd_columns, odd_rows, present
from alerts.shelter.column_map import ColumnMap
from alerts.shelter.csv_table import CsvRow, ImportNote, ImportTable
from alerts.shelter.identity import shelter_id, site_id
from alerts.shelter.site import Site, SiteKind, facility_of
from alerts.shelter.site_import import SiteImport, outside_the_city, repeated_ids

_PEOPLE = re.compile(r"約?(\d{1,6})(?:人|名)?(?:程度)?")
_SHOWN_ROWS = 5


@dataclass(slots=True)
class _Reader:
    """One pass over a table; gathers what is wrong and what is odd."""

    table: ImportTable
    map: ColumnMap
    code: str
    problems: list[ImportNote] = field(default_factory=list)
    warnings: list[ImportNote] = field(default_factory=list)
    words: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))  # odd words, with rows

    def site(self, row: CsvRow) -> Site:
        """A row as an emergency site; its faults go among the problems."""
        name, address = self._needed(row, "name"), self._needed(row, "address")
        identifier = site_id(self._text(row, "id"), self.code, name, address)
        return Site(
            id=identifier,
            kind=SiteKind.EMERGENCY_SITE,
            facility=facility_of(identifier),
            name=name,
            address=address,
            latitude=row.number_in(self._column("latitude"), LATITUDES, self.problems),
            longitude=row.number_in(self._column("longitude"), LONGITUDES, self.problems),
            hazards=tuple(hazard for hazard, columns in self.map.hazards.items() if self._all(row, columns)),
            welfare=False,
            accepts=None,
            note=self._text(row, "note") or None,
            name_kana=self._text(row, "name_kana") or None,
            name_en=self._text(row, "name_en") or None,
            capacity=self._capacity(row),
            phone=self._text(row, "phone") or None,
            communities=self._list(self._text(row, "communities")),
            url=self._text(row, "url") or None,
        )

    def is_shelter(self, row: CsvRow) -> bool:
        """Whether the place is a designated shelter too."""
        return self.map.shelter is not None and self._says_yes(row, self.map.shelter)

    def is_place(self, row: CsvRow) -> bool:
        """Lines below the table, such as its version, are no places."""
        if any(self._text(row, name) for name in ("name", "latitude", "longitude")):
            return True
        self.warnings.append(row.note(None, "names no place and is not read"))
        return False

    def odd_words(self) -> Iterator[ImportNote]:
        """What △ and other words were taken for, once a column."""
        for (column, word), numbers in self.words.items():
            taken = "yes, as the mapping says" if word in self.map.flags.yes else "not designated"
            rows = ", ".join(map(str, numbers[:_SHOWN_ROWS])) + (" …" if len(numbers) > _SHOWN_ROWS else "")
            message = f"{word!r} stands in {len(numbers)} rows and is taken as {taken} (rows {rows})"
            yield ImportNote(self.table.file, numbers[0], column, message)

    def _all(self, row: CsvRow, columns: tuple[str, ...]) -> bool:
        """Every column is looked at, so that no fault hides behind a no."""
        said = [self._says_yes(row, column) for column in columns]
        return bool(said) and all(said)

    def _says_yes(self, row: CsvRow, column: str) -> bool:
        if not self.table.has(column):
            return False
        word, flags = row.get(column), self.map.flags
        if not flags.knows(word):
            wanted = " ".join(sorted(filter(None, flags.yes)))
            message = f"{word!r} says neither yes ({wanted}) nor no; a mapping must say what it means"
            self.problems.append(row.note(column, message))
        if word in flags.doubtful or (word in flags.yes and word in self.map.odd_yes):
            self.words[column, word].append(row.number)
        return word in flags.yes

    def _capacity(self, row: CsvRow) -> int | None:
        text = self._text(row, "capacity")
        found = _PEOPLE.fullmatch(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", ""))
        if text and not found:
            self.warnings.append(row.note(self._column("capacity"), f"{text!r} is no number of people; left unknown"))
        return int(found[1]) if found else None

    def _list(self, text: str) -> tuple[str, ...]:
        parts = text.replace("；", ";").split(self.map.separator)
        return tuple(part.strip() for part in parts if part.strip())

    def _text(self, row: CsvRow, name: str) -> str:
        texts = ("".join(map(row.get, spelling)) for spelling in self.map.columns.get(name, ()))
        return next(filter(None, texts), "")

    def _needed(self, row: CsvRow, name: str) -> str:
        text = self._text(row, name)
        if not text:
            self.problems.append(row.note(self._column(name), "is empty; a text is expected"))
        return text

    def _column(self, name: str) -> str:
        return present(self.table, self.map.columns[name])[0]


def read_mapped(table: ImportTable, map_: ColumnMap, city_code: str, boundary: Geometry | None) -> SiteImport:
    """The list that a table holds by a column map; nothing of it where one cell is wrong."""
    reader = _Reader(table, map_, city_code)
    reader.problems += missing_columns(table, map_)
    if reader.problems:
        return SiteImport(None, problems=tuple(reader.problems))
    rows = tuple(row for row in table.rows if reader.is_place(row))
    both = [(reader.site(row), reader.is_shelter(row)) for row in rows]
    found = [site for site, _ in both]
    reader.problems += repeated_ids(found, rows, present(table, map_.columns.get("id", map_.columns["name"]))[0])
    if not rows:
        reader.problems.append(ImportNote(table.file, 1, None, "holds no row; at least one place is expected"))
    if reader.problems:
        return SiteImport(SiteKind.EMERGENCY_SITE, problems=tuple(sorted(reader.problems, key=lambda one: one.row)))
    doubts = (*odd_columns(table, map_), *reader.warnings, *reader.odd_words(), *odd_rows(map_, city_code, rows, both))
    return SiteImport(
        SiteKind.EMERGENCY_SITE,
        tuple(site for site, is_shelter in both if site.hazards or not is_shelter),
        warnings=(*doubts, *outside_the_city(found, rows, boundary)),
        is_of_city=True,
        names_shelters=map_.shelter is not None and table.has(map_.shelter),
        also_shelters=tuple(_as_shelter(site) for site, is_shelter in both if is_shelter),
        carries=frozenset(name for name, spelling in map_.columns.items() if has_any(table, spelling)) - {"id"}
        | {"hazards"},
    )


def _as_shelter(site: Site) -> Site:
    """The designated shelter of a row. A row without any hazard is a shelter and nothing else: the id is its own."""
    own = site.id if not site.hazards else shelter_id(site.facility)
    return replace(site, id=own, kind=SiteKind.SHELTER, hazards=())
