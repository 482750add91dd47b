"""Earthquake early warning (緊急地震速報, VXSE43-45) as far as it speaks of the city's quake region (jma.md §3.6).

It reaches a poller after the shaking: it is shown where a city switches it on, and never pushed (docs/decisions/0016).
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.texts import all_of, coded, text_of, texts_of, time_of

TYPES = ("VXSE43", "VXSE44", "VXSE45")

_WARNED = "h:Head/h:Headline/h:Information[@type='緊急地震速報（細分区域）']/h:Item"
_WARNING = "31"  # the Kind of an area that is warned
_FORECAST = "s:Body/s:Intensity/s:Forecast/s:Pref/s:Area"
_WARNING_KINDS = ("10", "11", "19")  # of an area's forecast: not yet arrived, arrived, arrival not known; 0x forecast
_ASSUMED = "仮定震源要素"  # stands for no hypocentre that anybody found


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """What is forecast for the city's quake region; without intensities where it is not named.

    Intensities are JMA's: `4`, `5-`; `upper` is `over` where there is no upper end.
    """

    warned: bool  # 警報 for the region, not only 予報
    lower: str | None
    upper: str | None
    arrival_at: datetime | None
    arrival: str | None  # 既に主要動到達と推測


def read_early_warning(root: etree._Element, region: str) -> EarlyWarning:
    """What the telegram says of the region. One that is named twice counts where it is named first."""
    area = next(iter(coded(root, _FORECAST, "s:Code", region)), None)
    warned = _is_warned(root, region)
    if area is None:
        return EarlyWarning(warned, None, None, None, None)
    return EarlyWarning(
        warned or text_of(area, "s:Category/s:Kind/s:Code") in _WARNING_KINDS,
        text_of(area, "s:ForecastInt/s:From") or None,
        text_of(area, "s:ForecastInt/s:To") or None,
        time_of(text_of(area, "s:ArrivalTime")),
        text_of(area, "s:Condition") or None,
    )


def is_assumed(earthquake: etree._Element) -> bool:
    """Whether hypocentre and magnitude are placeholders, which nobody may take for an earthquake's."""
    return text_of(earthquake, "s:Condition") == _ASSUMED


def _is_warned(root: etree._Element, region: str) -> bool:
    warned = (item for item in all_of(root, _WARNED) if text_of(item, "h:Kind/h:Code") == _WARNING)
    return any(region in texts_of(item, "h:Areas/h:Area/h:Code") for item in warned)
