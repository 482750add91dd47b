"""A file of places in any of the layouts we know: which one it is, and what it holds (city.md §2)."""

from alerts.city.codes import CityCodes
from alerts.city.geojson_file import Geometry
from alerts.shelter.column_map import ColumnMap
from alerts.shelter.csv_table import ImportNote
from alerts.shelter.features import read_table
from alerts.shelter.gsi import gsi_sites
from alerts.shelter.gsi_layout import is_gsi
from alerts.shelter.mapped import read_mapped
from alerts.shelter.site_import import SiteImport
from alerts.shelter.standard import STANDARD, is_standard

_SHOWN_COLUMNS = 8


def read_places(
    raw: bytes, file: str, codes: CityCodes, boundary: Geometry | None = None, mapping: ColumnMap | None = None
) -> SiteImport:
    """国土地理院's two layouts (CSV, GeoJSON), the standard's two sheets, or any other list by its `mapping`.

    With a problem nothing of the file is given. A point outside the boundary is a warning.
    """
    problems: list[ImportNote] = []
    table = read_table(raw, file, problems)
    if problems:
        return SiteImport(None, problems=tuple(problems))
    if mapping:
        return read_mapped(table, mapping, codes.code, boundary)
    if is_gsi(table):
        return gsi_sites(table, boundary, codes.code)
    if is_standard(table):
        return read_mapped(table, STANDARD, codes.code, boundary)
    columns = ", ".join(table.header[:_SHOWN_COLUMNS])
    message = (
        "is neither a list of 国土地理院 (共通ID, 施設・場所名 …) nor of the 自治体標準オープンデータセット "
        f"(名称, 災害種別_洪水 …); its columns are {columns}. Say with --mapping what they mean"
    )
    return SiteImport(None, problems=(ImportNote(file, 1, None, message),))
