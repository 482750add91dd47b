"""Draws a city's places of refuge as one SVG picture: which is designated for which hazard (docs/api.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from alerts.city.drawing import FONT, outlines
from alerts.city.pack import CityPack
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind

_COLUMNS, _WIDTH, _GAP, _HEAD, _LINE = 3, 420, 28, 58, 24
_NAMES_A_ROW = 5
_FILES = frozenset({"sites.csv", "polygons.geojson", "boundary.geojson"})
_FIT, _UNFIT, _SHELTER = "#0b6e4f", "#c1121f", "#8d99a6"
_STYLE = (
    f"{FONT}.h{{font-size:24px;font-weight:700}}.t{{font-size:19px;font-weight:700}}.s{{font-size:13px;fill:#51606e}}"
    ".l{font-size:14px}.c{font-size:12px;fill:#51606e}.n{font-size:9px;font-weight:700;fill:#fff;text-anchor:middle}"
    "path{fill:#eceff1;stroke:#fff;stroke-width:.7}#boundary{fill:none;stroke:#1c2733;stroke-width:1.2}"
    f".fit{{fill:{_FIT}}}.unfit{{fill:{_UNFIT}}}.shelter{{fill:{_SHELTER}}}.mark{{stroke:#fff;stroke-width:1}}"
)
_NEVER = "洪水で使える場所が、土砂災害でも使えるとは限りません。災害の種類ごとの指定を確かめてください。"


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place on every map: an emergency site with its number, or a shelter that is no emergency site."""

    number: int | None
    site: Site
    x: float
    y: float


def shelter_map(pack: CityPack) -> str:
    """One map of all places, one for each hazard that any of them is designated for; names and credits below."""
    paths, height, to_picture = outlines(pack, _WIDTH)
    sites = sorted((one for one in pack.sites if one.kind is SiteKind.EMERGENCY_SITE), key=lambda one: -one.latitude)
    taken = {one.facility for one in sites}
    only = [one for one in pack.sites if one.kind is SiteKind.SHELTER and one.facility not in taken]
    spots = [_Spot(at, one, *to_picture(one.latitude, one.longitude)) for at, one in enumerate(sites, 1)]
    plain = [_Spot(None, one, *to_picture(one.latitude, one.longitude)) for one in only]
    inside = [spot for spot in plain if 0 <= spot.x <= _WIDTH and 0 <= spot.y <= height]
    far = [spot.site.name for spot in plain if spot not in inside]  # a city may have one in another municipality
    designated = [hazard for hazard in SITE_HAZARDS if any(hazard in one.hazards for one in sites)]
    panels = [_all(inside, spots), *(_fitness(hazard, spots) for hazard in designated)]
    parts = [f'<text class="h" x="{_GAP}" y="{_GAP + 14}">{escape(_title(pack))}</text>']
    top = _GAP + 44
    for at in range(0, len(panels), _COLUMNS):
        row = panels[at : at + _COLUMNS]
        for column, panel in enumerate(row):
            place = f"translate({_GAP + column * (_WIDTH + _GAP)} {top + _HEAD})"
            parts.append(f'<g transform="{place}">{_uses(paths)}{panel}</g>')
        top += _HEAD + height + _GAP
    below = [
        *_legend(top),
        *_names(spots, top + 2 * _LINE),
        *_notes(pack, _said(designated, far), top + (3 + _rows(len(spots))) * _LINE),
    ]
    whole = top + (6 + _rows(len(spots)) + len(_credits(pack))) * _LINE
    return _document(pack, paths, whole, [*parts, *below])


def _title(pack: CityPack) -> str:
    return f"{pack.codes.name}の指定緊急避難場所・指定避難所"


def _uses(paths: Iterable[str]) -> str:
    return "".join(f'<use href="#{escape(each)}"/>' for each in paths)


def _all(shelters: Sequence[_Spot], spots: Sequence[_Spot]) -> str:
    said = f"緊急避難場所 {len(spots)}か所、避難所だけの場所 {len(shelters)}か所"
    return _head("すべての場所", said) + "".join(map(_square, shelters)) + "".join(_mark(spot, True) for spot in spots)


def _fitness(hazard: str, spots: Sequence[_Spot]) -> str:
    fit = [spot for spot in spots if hazard in spot.site.hazards]
    unfit = [spot for spot in spots if hazard not in spot.site.hazards]
    said = f"指定あり {len(fit)}か所" + (f"、指定なし {'、'.join(spot.site.name for spot in unfit)}" if unfit else "")
    marks = "".join(_mark(spot, spot in fit) for spot in [*fit, *unfit])
    return _head(SITE_HAZARDS[hazard], said) + marks


def _head(title: str, said: str) -> str:
    return f'<text class="t" y="-32">{escape(title)}</text><text class="s" y="-12">{escape(said)}</text>'


def _mark(spot: _Spot, is_fit: bool) -> str:
    """A circle or a diamond: told apart without colours too."""
    text = f'<text class="n" y="3.2">{spot.number}</text>'
    shape = '<circle class="mark fit" r="8"/>' if is_fit else '<path class="mark unfit" d="M0-12L12 0L0 12L-12 0Z"/>'
    name = f"<title>{escape(spot.site.name)}</title>"
    return f'<g transform="translate({spot.x:.1f} {spot.y:.1f})">{name}{shape}{text}</g>'


def _square(spot: _Spot) -> str:
    return f'<rect class="mark shelter" x="{spot.x - 4:.1f}" y="{spot.y - 4:.1f}" width="8" height="8"/>'


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
        f'<g transform="translate({_GAP + at * (_WIDTH + _GAP)} {top + 6})">{mark}'
        f'<text class="l" x="28">{text}</text></g>'
        for at, (mark, text) in enumerate(shown)
    ]


def _names(spots: Sequence[_Spot], top: int) -> list[str]:
    width = _COLUMNS * (_WIDTH + _GAP) // _NAMES_A_ROW
    return [
        f'<text class="l" x="{_GAP + at % _NAMES_A_ROW * width}" y="{top + at // _NAMES_A_ROW * _LINE}">'
        f"{spot.number} {escape(spot.site.name)}</text>"
        for at, spot in enumerate(spots)
    ]


def _rows(count: int) -> int:
    return -(-count // _NAMES_A_ROW)


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
        f'<text class="{name}" x="{_GAP}" y="{top + at * _LINE}">{escape(text)}</text>'
        for at, (name, text) in enumerate(classed)
    ]


def _credits(pack: CityPack) -> list[str]:
    return list(dict.fromkeys(source.credit for source in pack.sources if _FILES & set(source.files)))


def _document(pack: CityPack, paths: dict[str, str], height: int, parts: Sequence[str]) -> str:
    width = _COLUMNS * (_WIDTH + _GAP) + _GAP
    shapes = "".join(f'<path id="{escape(each)}" d="{path}"/>' for each, path in paths.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(_title(pack))}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n<defs>{shapes}</defs>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
