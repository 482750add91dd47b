"""The two layouts of 国土地理院, CSV or GeoJSON, known by their column names (city.md §2.1)."""

from dataclasses import dataclass

from alerts.shelter.csv_table import ImportNote, ImportTable, column_key
from alerts.shelter.features import LATITUDE, LONGITUDE
from alerts.shelter.site import SITE_HAZARDS, SiteKind

COMMON_ID = "共通ID"
NAME = "施設・場所名"
ADDRESS = "住所"
ACCEPTS = "受入対象者"
OTHER = "その他市町村長が必要と認める事項"
NOTE = "備考"

_BOTH = (COMMON_ID, NAME, ADDRESS, LATITUDE, LONGITUDE)
_NEEDED: dict[SiteKind, tuple[str, ...]] = {
    SiteKind.EMERGENCY_SITE: (*_BOTH, *SITE_HAZARDS.values()),
    SiteKind.SHELTER: (*_BOTH, ACCEPTS),
}
_UNREAD = ("NO", "都道府県名及び市町村名", "指定緊急避難場所との住所同一", "指定避難所との住所同一")
_OPTIONAL = (OTHER, NOTE, *_UNREAD)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which layout a header is, with missing columns as problems and strange ones as warnings."""

    kind: SiteKind
    problems: tuple[ImportNote, ...]
    warnings: tuple[ImportNote, ...]


def is_gsi(table: ImportTable) -> bool:
    """Whether the names of the columns are those of 国土地理院."""
    return table.has(COMMON_ID) and table.has(NAME)


def find_layout(table: ImportTable) -> Layout:
    """Emergency sites have columns for hazards, shelters have none."""
    present = {column_key(name) for name in table.header}
    is_site = any(column_key(name) in present for name in SITE_HAZARDS.values())
    kind = SiteKind.EMERGENCY_SITE if is_site else SiteKind.SHELTER
    missing = [name for name in _NEEDED[kind] if column_key(name) not in present]
    known = {column_key(name) for name in (*_NEEDED[kind], *_OPTIONAL)}
    strange = [name for name in table.header if column_key(name) not in known]
    return Layout(
        kind,
        tuple(ImportNote(table.file, 1, name, f"is missing; GSI's list of a {kind} has it") for name in missing),
        tuple(ImportNote(table.file, 1, name, "is no column of GSI's layout and is not read") for name in strange),
    )
