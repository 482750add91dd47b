"""How the two telegrams about floods of rivers name the same things (jma.md §3.1, §3.4)."""

from dataclasses import dataclass

_INFORMATION = "h:Head/h:Headline/h:Information"
_WARNING = "m:Body/m:Warning"


@dataclass(frozen=True, slots=True)
class FloodLayout:
    """Paths from the telegram's root, or from an Item of its body, and the words that JMA uses there."""

    section: str  # the area that the headline is about, and that the city file names
    headline: str  # its Items
    rivers: str  # codes of the rivers in it
    items: str  # of the body
    text: str  # the Type of the Property that says how a station's reach is
    danger: str | None  # where its level stands in a field of its own too
    what: str  # where an Item says that it lists the municipalities: those likely flooded, or flooded
    stations: str | None  # of the Item whose municipalities they flood; None where an Area is its station


_DESIGNATED = FloodLayout(
    section="予報区域",
    headline=f"{_INFORMATION}[@type='指定河川洪水予報（予報区域）']/h:Item",
    rivers=f"{_INFORMATION}[@type='指定河川洪水予報（河川）']/h:Item/h:Areas/h:Area/h:Code",
    items=f"{_WARNING}[@type='指定河川洪水予報']/m:Item",
    text="主文",
    danger=None,
    what="m:Kind/m:Name",
    stations=None,
)
_NOTIFIED = FloodLayout(
    section="発表区間",
    headline=f"{_INFORMATION}[@type='水位周知河川に関する情報（発表区間）']/h:Item",
    rivers=f"{_INFORMATION}[@type='水位周知河川に関する情報（河川）']/h:Item/h:Areas/h:Area/h:Code",
    items=f"{_WARNING}[starts-with(@type, '水位周知河川に関する情報')]/m:Item",
    text="概況",
    danger="m:Kind/m:Property[m:Type='洪水害危険度']/m:SignificancyPart/m:Base/m:Significancy/m:Name",
    what="m:Kind/m:Property/m:Type",
    stations="m:Stations/m:Station/m:Code",
)
_LAYOUTS = {"VXKO": _DESIGNATED, "VXSU": _NOTIFIED}


def layout_of(telegram_type: str | None) -> FloodLayout:
    """The layout of VXKO50-89 or VXSU50-59. Raises `KeyError` for any other type."""
    return _LAYOUTS[(telegram_type or "")[:4]]
