"""JMA's multilingual dictionary (気象情報等に関する多言語辞書) as terms by language (jma.md §4).

One row a term, one column a language, found by their headers: the order of columns and further ones do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alerts.wording.phrases import OFFICIAL

_HEADERS = {  # language tag: what its column may be called
    "ja": ("日本語", "japanese", "ja"),
    "ja-Hira": ("やさしい日本語", "easyjapanese", "plainjapanese", "ja-hira"),
    "en": ("英語", "english", "en"),
    "zh-Hans": (
        "中国語(簡体字)",
        "中国語(簡体)",
        "簡体字",
        "简体中文",
        "简体",
        "chinese(simplified)",
        "zh-hans",
        "zh-cn",
    ),
    "zh-Hant": (
        "中国語(繁体字)",
        "中国語(繁体)",
        "繁体字",
        "繁體中文",
        "繁體",
        "chinese(traditional)",
        "zh-hant",
        "zh-tw",
    ),
    "ko": ("韓国語", "한국어", "korean", "ko"),
    "es": ("スペイン語", "español", "spanish", "es"),
    "pt": ("ポルトガル語", "português", "portuguese", "pt"),
    "id": ("インドネシア語", "bahasaindonesia", "indonesian", "id"),
    "vi": ("ベトナム語", "tiếngviệt", "vietnamese", "vi"),
    "tl": ("タガログ語", "フィリピン語", "tagalog", "filipino", "tl"),
    "th": ("タイ語", "ไทย", "thai", "th"),
    "ne": ("ネパール語", "नेपाली", "nepali", "ne"),
    "km": ("クメール語", "カンボジア語", "ខ្មែរ", "khmer", "km"),
    "my": ("ビルマ語", "ミャンマー語", "မြန်မာ", "burmese", "myanmar", "my"),
    "mn": ("モンゴル語", "монгол", "mongolian", "mn"),
}
_LANGUAGE_OF = {header: tag for tag, headers in _HEADERS.items() for header in headers}


class DictionaryError(ValueError):
    """A file in which no sheet has a row of headers with Japanese and another language."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Terms by their Japanese; each has its translations by language tag."""

    terms: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...]
    unknown: tuple[str, ...]  # headers that name no language we know


def read_dictionary(sheets: Iterable[Iterable[Sequence[str]]]) -> Dictionary:
    """The terms of all sheets; raises `DictionaryError` where none has the headers."""
    terms: dict[str, dict[str, str]] = {}
    languages: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for sheet in sheets:
        columns: dict[int, str] = {}
        for row in sheet:
            if not columns:
                columns = _columns(row)
                languages |= dict.fromkeys(columns.values())
                unknown |= dict.fromkeys(
                    cell for place, cell in enumerate(row) if columns and cell and place not in columns
                )
                continue
            said = {
                tag: row[place].strip() for place, tag in columns.items() if place < len(row) and row[place].strip()
            }
            if japanese := said.pop(OFFICIAL, None):
                terms.setdefault(plain(japanese), {}).update(said)
    if not languages:
        raise DictionaryError(
            "no row has the headers; expected 日本語 and another language, like English or 中国語（簡体字）"
        )
    return Dictionary(terms, tuple(tag for tag in languages if tag != OFFICIAL), tuple(unknown))


def _columns(row: Sequence[str]) -> dict[int, str]:
    """The language of each column; empty if the row is not the headers."""
    named = ((place, _LANGUAGE_OF.get(_header(cell))) for place, cell in enumerate(row))
    columns = {place: tag for place, tag in named if tag}
    return columns if OFFICIAL in columns.values() and len(columns) > 1 else {}


def _header(cell: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).casefold()


def plain(term: str) -> str:
    """A term without what differs between editions: width, spaces, and the レベル４ before a name."""
    return re.sub(r"^レベル[0-9]", "", re.sub(r"\s+", " ", unicodedata.normalize("NFKC", term)).strip().casefold())
