"""What stands below the maps of places of refuge: the marks, the names by their numbers, what to know, the credits."""

from collections.abc import Sequence
from html import escape
from math import ceil

from alerts.city.pack import CityPack
from alerts.shelter.site import SITE_HAZARDS

COLUMNS, WIDTH, GAP = 3, 420, 28  # of the maps above
_LINE, _NAMES_A_ROW = 24, 5
_FILES = frozenset({"sites.csv", "polygons.geojson", "boundary.geojson"})
_NEVER = "洪水で使える場所が、土砂災害でも使えるとは限りません。災害の種類ごとの指定を確かめてください。"


def key(
    pack: CityPack, names: Sequence[str], designated: Sequence[str], far: Sequence[str], top: int
) -> tuple[list[str], int]:
    """SVG from `top` on, and where it ends.

    `names` of the emergency sites in the order of their numbers, the hazards that any is `designated` for, and the
    names of shelters too `far` away for the maps.
    """
    rows, said = ceil(len(names) / _NAMES_A_ROW), _said(designated, far)
    notes = _notes(pack, said, top + (3 + rows) * _LINE)
    return [*_legend(top), *_names(names, top + 2 * _LINE), *notes], top + (3 + rows + len(notes)) * _LINE


def _legend(top: int) -> list[str]:
    shown = (
        ('<circle class="mark fit" cx="9" cy="-5" r="8"/>', "その災害の指定緊急避難場所（すぐに逃げる場所）"),
        ('<path class="mark unfit" d="M9-17L21-5L9 7L-3-5Z"/>', "その災害では使わない指定緊急避難場所"),
        (
            '<rect class="mark shelter" x="4" y="-10" width="9" height="9"/>',
            "指定避難所だけの場所（すぐに逃げる場所ではない）",
        ),
    )
    return [
        f'<g transform="translate({GAP + at * (WIDTH + GAP)} {top + 6})">{mark}<text class="l" x="28">{text}</text></g>'
        for at, (mark, text) in enumerate(shown)
    ]


def _names(names: Sequence[str], top: int) -> list[str]:
    width = COLUMNS * (WIDTH + GAP) // _NAMES_A_ROW
    return [
        f'<text class="l" x="{GAP + at % _NAMES_A_ROW * width}" y="{top + at // _NAMES_A_ROW * _LINE}">'
        f"{at + 1} {escape(name)}</text>"
        for at, name in enumerate(names)
    ]


def _said(designated: Sequence[str], far: Sequence[str]) -> list[str]:
    missing = "・".join(name for hazard, name in SITE_HAZARDS.items() if hazard not in designated)
    return [
        *([f"{missing}の指定緊急避難場所は、市内にありません。"] if missing else []),
        _NEVER,
        *([f"地図の外にある指定避難所: {'、'.join(far)}"] if far else []),
    ]


def _notes(pack: CityPack, said: Sequence[str], top: int) -> list[str]:
    classed = [("l", line) for line in said] + [("c", line) for line in _credits(pack)]
    return [
        f'<text class="{name}" x="{GAP}" y="{top + at * _LINE}">{escape(text)}</text>'
        for at, (name, text) in enumerate(classed)
    ]


def _credits(pack: CityPack) -> list[str]:
    return list(dict.fromkeys(source.credit for source in pack.sources if _FILES & set(source.files)))
