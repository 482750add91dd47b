"""Draws a city's places of refuge as one SVG picture: which is designated for which hazard (docs/api.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from alerts.city.drawing import FONT, outlines
from alerts.city.pack import CityPack
from alerts.city.shelter_key import COLUMNS, GAP, WIDTH, key
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind

_HEAD = 58  # above a map
_FIT, _UNFIT, _SHELTER = "#0b6e4f", "#c1121f", "#8d99a6"
_STYLE = (
    f"{FONT}.h{{font-size:24px;font-weight:700}}.t{{font-size:19px;font-weight:700}}.s{{font-size:13px;fill:#51606e}}"
    ".l{font-size:14px}.c{font-size:12px;fill:#51606e}.n{font-size:9px;font-weight:700;fill:#fff;text-anchor:middle}"
    "path{fill:#eceff1;stroke:#fff;stroke-width:.7}#boundary{fill:none;stroke:#1c2733;stroke-width:1.2}"
    f".fit{{fill:{_FIT}}}.unfit{{fill:{_UNFIT}}}.shelter{{fill:{_SHELTER}}}.mark{{stroke:#fff;stroke-width:1}}"
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place on every map: an emergency site with its number, or a shelter that is no emergency site."""

    number: int | None
    site: Site
    x: float
    y: float


def shelter_map(pack: CityPack) -> str:
    """One map of all places, one for each hazard that any of them is designated for; names and credits below."""
    paths, height, to_picture = outlines(pack, WIDTH)
    sites = sorted((one for one in pack.sites if one.kind is SiteKind.EMERGENCY_SITE), key=lambda one: -one.latitude)
    taken = {one.facility for one in sites}
    only = [one for one in pack.sites if one.kind is SiteKind.SHELTER and one.facility not in taken]
    spots = [_Spot(at, one, *to_picture(one.latitude, one.longitude)) for at, one in enumerate(sites, 1)]
    plain = [_Spot(None, one, *to_picture(one.latitude, one.longitude)) for one in only]
    inside = [spot for spot in plain if 0 <= spot.x <= WIDTH and 0 <= spot.y <= height]
    far = [spot.site.name for spot in plain if spot not in inside]  # a city may have one in another municipality
    designated = [hazard for hazard in SITE_HAZARDS if any(hazard in one.hazards for one in sites)]
    panels = [_all(inside, spots), *(_fitness(hazard, spots) for hazard in designated)]
    parts = [f'<text class="h" x="{GAP}" y="{GAP + 14}">{escape(_title(pack))}</text>']
    top = GAP + 44
    for at in range(0, len(panels), COLUMNS):
        row = panels[at : at + COLUMNS]
        for column, panel in enumerate(row):
            place = f"translate({GAP + column * (WIDTH + GAP)} {top + _HEAD})"
            parts.append(f'<g transform="{place}">{_uses(paths)}{panel}</g>')
        top += _HEAD + height + GAP
    below, whole = key(pack, [one.name for one in sites], designated, far, top)
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


def _document(pack: CityPack, paths: dict[str, str], height: int, parts: Sequence[str]) -> str:
    width = COLUMNS * (WIDTH + GAP) + GAP
    shapes = "".join(f'<path id="{escape(each)}" d="{path}"/>' for each, path in paths.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(_title(pack))}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n<defs>{shapes}</defs>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
