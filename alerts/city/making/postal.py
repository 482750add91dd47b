"""Postal codes and kana of towns, out of Japan Post's list of the country (KEN_ALL)."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import BinaryIO

from alerts.city.address_text import parts_of
from alerts.city.making.material import MaterialError, Origin, Town
from alerts.city.making.table import as_text

POSTAL = Origin(
    title="日本郵便 郵便番号データ (KEN_ALL)",
    licence="日本郵便は郵便番号データの著作権を主張しない",
    credit="日本郵便 郵便番号データを加工して作成",
)
_CODE, _POSTAL_CODE, _KANA, _TOWN = 0, 2, 5, 8
_CELLS = 15


def with_postal_codes(towns: Iterable[Town], file: BinaryIO, name: str, codes: Mapping[str, str]) -> tuple[Town, ...]:
    """The towns with what the list says about theirs, where they lack it."""
    listed = _listed(file, name, codes)
    return tuple(_completed(town, *listed.get(parts_of(town.name).base, ("", ""))) for town in towns)


def _listed(file: BinaryIO, name: str, codes: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Postal code and kana by the town's name without block."""
    found: dict[str, tuple[str, str]] = {}
    try:
        with as_text(file) as text:
            reader = csv.reader(text)
            for cells in reader:
                if len(cells) != _CELLS:
                    raise MaterialError(name, reader.line_num, f"has {len(cells)} cells; KEN_ALL.CSV has {_CELLS}")
                if cells[_CODE] in codes:
                    town, kana = (_without_remark(cells[at]) for at in (_TOWN, _KANA))
                    found.setdefault(parts_of(codes[cells[_CODE]] + town).base, (cells[_POSTAL_CODE], kana))
    except UnicodeDecodeError:
        raise MaterialError(name, None, "is neither UTF-8 nor Shift_JIS; take Japan Post's list as it is") from None
    return found


def _without_remark(text: str) -> str:
    """中央（１～３丁目） is 中央."""
    return unicodedata.normalize("NFKC", text).partition("(")[0]


def _completed(town: Town, postal_code: str, kana: str) -> Town:
    chome = parts_of(town.name).chome
    whole = f"{kana}{chome}チョウメ" if kana and chome is not None else kana
    return replace(town, postal_code=town.postal_code or postal_code, kana=town.kana or whole)
