"""Reads the intensities of an earthquake: VXSE51 by region, VXSE53 by municipality, VXSE62 of long-period motion.

Every telegram tells the whole of what is known by then, so a later one of the same EventID replaces it, whether its
`Revise` says 追加, 上方修正 or nothing (jma.md §2.4, §3.5).
"""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.hypocentre import earthquake_lines
from alerts.telegram.kinds import Kind
from alerts.telegram.notice import notice_of
from alerts.telegram.texts import all_of, coded, mentions, text_of

NOT_RECEIVED = "5-?"  # code of 震度５弱以上未入電

_REGIONS = "s:Body/s:Intensity/s:Observation/s:Pref/s:Area"
_UNHEARD = "震度５弱以上未入電"
_DISTANT = "遠地地震"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a type states what for the city. Only this path counts: a station may bear the code of a municipality."""

    path: str
    code: Callable[[CityCodes], str]
    value: str
    nothing: frozenset[str] = frozenset()  # values that say that nothing was felt


_SCALES = {
    "VXSE51": _Scale(_REGIONS, lambda city: city.quake_region, "s:MaxInt"),
    "VXSE53": _Scale(f"{_REGIONS}/s:City", lambda city: city.municipality, "s:MaxInt"),
    "VXSE62": _Scale(_REGIONS, lambda city: city.quake_region, "s:MaxLgInt", frozenset({"0"})),
}


def read_intensity(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VXSE51, 53 or 62 says about the city; of several entries for it the highest counts."""
    scale = _SCALES[envelope.type or ""]
    if not all_of(root, f"({_REGIONS})[1]"):
        if envelope.head_title.startswith(_DISTANT):
            return Findings("tells of a distant earthquake without intensities in Japan")
        return broken("has no Intensity/Observation with an area")
    own = coded(root, scale.path, "s:Code", scale.code(city))
    if not own and mentions(root, "s:Body/s:Intensity", scale.code(city)):
        return broken(f"names {city.name} where no reader looks")
    known, strange = kinds.sort_out(envelope.type, (code for place in own for code in _codes(place, scale)))
    notices = (notice_of(max(known, key=_severity), details=earthquake_lines(root)),) if known else ()
    return said(envelope, city, notices, strange)


def _codes(place: etree._Element, scale: _Scale) -> list[str]:
    """What one entry states: a value, that higher ones have not been received yet, or both."""
    value, unheard = text_of(place, scale.value), _UNHEARD in text_of(place, "s:Condition")
    codes = [value] if value else []
    codes += [NOT_RECEIVED] if unheard else []
    return [code for code in codes or [f"without {scale.value[2:]}"] if code not in scale.nothing]


def _severity(kind: Kind) -> tuple[int, bool]:
    """By rank; a received 5- counts before one that is only supposed."""
    return kind.rank, kind.code != NOT_RECEIVED
