"""What a text states for a city, found without the readers: the yardstick of the oracle.

It reads generously: everything that bears the city's code in the right half of the telegram counts as stated, whatever
stands beside it. So it can only allow what somebody wrote for the city, and never a word more.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds

Statement = tuple[str, str, int | None]  # hazard, code, level

_OVER = frozenset({"解除", "発表警報・注意報はなし"})
_UNHEARD = "震度５弱以上未入電"
_LEVEL = re.compile(r"警戒レベル\s*([2-5])")
_CODES = frozenset({"Code", "Condition"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a family states something: in which half, for which codes, in the line or beside the code itself."""

    half: str
    codes: Callable[[CityCodes], tuple[str, ...]]
    line: bool = True  # the whole Item around the code; else only what stands beside it
    tags: frozenset[str] = _CODES


def _municipality(city: CityCodes) -> tuple[str, ...]:
    return (city.municipality,)


_ITEM = _Place("Body", _municipality)
_FELT = frozenset({"MaxInt", "Condition"})
_PLACES = {
    "VPWW": _ITEM,
    "VPHW": _ITEM,
    "VFVO": _ITEM,
    "VPBS": _Place("Head", lambda city: (city.class10,)),
    "VTSE": _Place("Body", lambda city: (city.tsunami_region,)),
    "VXSE51": _Place("Body", lambda city: (city.quake_region,), line=False, tags=_FELT),
    "VXSE53": _Place("Body", _municipality, line=False, tags=_FELT),
    "VXSE62": _Place("Body", lambda city: (city.quake_region,), line=False, tags=frozenset({"MaxLgInt"})),
}


def stated(root: etree._Element, telegram_type: str, city: CityCodes) -> frozenset[Statement]:
    """All that the text says is in force in the city, at every level that it names; not what it says is over."""
    match telegram_type[:4]:
        case "VYSE":
            return _known(telegram_type, _texts(root, "Body", "InfoSerial"))
        case "VPFT":
            return _known(telegram_type, ("alert",)) if _is_heat(root, city) else frozenset()
        case "VXKO":
            return frozenset(_flood(root, city))
    place = _PLACES.get(telegram_type) or _PLACES.get(telegram_type[:4])
    if place is None:
        return frozenset()
    return _known(telegram_type, (token for part in _parts(root, place, city) for token in _tokens(part, place)))


def _known(telegram_type: str, tokens: Iterator[str] | tuple[str, ...]) -> frozenset[Statement]:
    found = (kinds.find(telegram_type, token) for token in tokens)
    return frozenset((kind.hazard, kind.code, kind.level) for kind in found if kind and kind.rank)


def _parts(root: etree._Element, place: _Place, city: CityCodes) -> set[etree._Element]:
    codes = place.codes(city)
    own = [each for each in root.iterfind(f"{{*}}{place.half}//{{*}}Code") if _text(each) in codes]
    around = ((each.getparent(), next(each.iterancestors("{*}Item"), None)) for each in own)
    parts = (item if place.line and item is not None else parent for parent, item in around)
    return {part for part in parts if part is not None}


def _tokens(part: etree._Element, place: _Place) -> Iterator[str]:
    """The words that may be codes, but for those of a Kind that is over and of what was before (LastKind)."""
    for element in part.iter("{*}*") if place.line else part:
        if not isinstance(element.tag, str) or etree.QName(element).localname not in place.tags:
            continue
        parent = element.getparent()
        over = parent is not None and any(_text(status) in _OVER for status in parent.iterfind("{*}Status"))
        if not over and next(element.iterancestors("{*}LastKind"), None) is None:
            text = _text(element)
            yield from ("5-?",) if _UNHEARD in text else (text, *text.split())


def _texts(root: etree._Element, half: str, around: str) -> Iterator[str]:
    for part in root.iterfind(f"{{*}}{half}//{{*}}{around}"):
        yield from (_text(each) for each in part.iter("{*}Code"))


def _is_heat(root: etree._Element, city: CityCodes) -> bool:
    titles = [_text(each) for each in root.iterfind("{*}Head/{*}Title")]
    return any(title.startswith(city.prefecture) and "警戒アラート" in title for title in titles)


def _flood(root: etree._Element, city: CityCodes) -> Iterator[Statement]:
    """A river of the city at the headline's level, and at every level that a 主文 of the telegram names."""
    named = {_text(each) for each in (*root.iter("{*}EventID"), *root.iterfind("{*}Head//{*}Area/{*}Code"))}
    if not named & set(city.rivers):
        return
    body = "".join(_text(each) for each in root.iterfind("{*}Body//{*}Text"))
    levels = {int(level) for level in _LEVEL.findall(unicodedata.normalize("NFKC", body))}
    for hazard, code, level in _known("VXKO", tuple(_headline_codes(root))):
        yield from ((hazard, code, each) for each in {level, *levels})


def _headline_codes(root: etree._Element) -> Iterator[str]:
    return (_text(each) for each in root.iterfind("{*}Head//{*}Kind/{*}Code"))


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
