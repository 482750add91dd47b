"""Names of places in the reader's script: kanji, kanji with furigana, romaji or hangul (issue 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alerts.city.codes import CityCodes
from alerts.wording.hangul import hangul
from alerts.wording.kana import hiragana
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.speech import FURIGANA

_EASY = "ja-Hira"
_BY_NAME = frozenset({"kanji", "furigana"})


@dataclass(frozen=True, slots=True)
class Place:
    """A district, or a shelter: where the pack has no reading, its name stands as on the sign."""

    name: str
    kana: str = ""
    name_en: str = ""


def city_name(table: PhraseTable, city: CityCodes) -> str:
    """The city in the language, as its pack says it; else its Japanese or its English name."""
    own = city.name if table.places in _BY_NAME else city.name_en
    return city.names.get(table.language, own)


def place_name(table: PhraseTable, place: Place) -> str:
    """The place in the reader's script."""
    match table.places:
        case "romaji" if place.name_en:
            return place.name_en
        case "hangul" if place.kana:
            return hangul(place.kana)
        case "furigana" if place.kana:
            return f"{place.name}（{hiragana(place.kana)}）"
        case _:
            return place.name


def listed(table: PhraseTable, places: Sequence[Place], most: int) -> str:
    """The first `most` of the places, and how many there are besides."""
    names = table.list_join.join(place_name(table, place) for place in places[:most])
    if len(places) <= most:
        return names
    return table.first("office.more").text.format(names=names, count=len(places) - most)


def readings(table: PhraseTable, city: CityCodes, places: Iterable[Place] = ()) -> dict[str, str]:
    """How a voice reads the names that stand in kanji; longer names first, so that 三箇 does not take 三箇一丁目."""
    if table.language != OFFICIAL:
        return {}
    written = {place.name: hiragana(place.kana) for place in places if place.kana}
    found = FURIGANA.fullmatch(city.names.get(_EASY, ""))
    written |= {found[1]: found[2]} if found else {}
    return dict(sorted(written.items(), key=lambda name: -len(name[0])))
