"""Commentaries in words: VPZJ51, VPCJ51, VPFJ51 with their tags; VPTI50-52, VPAW51, VPFG50 and VZSE40 as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import text_in
from alerts.telegram.texts import all_of, text_of, texts_of

_ABOUT = "h:Head/h:Headline/h:Information/h:Item"
_TAGS = "h:Head/h:Headline/h:Information[@type='情報タグ']/h:Item/h:Kind/h:Condition"
_AREA_CODES = (f"{_ABOUT}/h:Areas/h:Area/h:Code", "m:Body/m:TargetArea/m:Code")
_NATIONAL = ("VPZJ", "VPTI", "VZSE")
_PLAIN = ("m:Body/m:Comment/m:Text", "s:Body/s:Text")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text; `heading` is JMA's word for it (気象概況, 防災事項), empty for a plain text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Bulletin(Content):
    """A text in blocks, with JMA's tags (線状降水帯予測, 大雨)."""

    tags: tuple[str, ...]
    blocks: tuple[Block, ...]


def read_bulletin(telegram: Telegram) -> Bulletin | None:
    """The text if it names the city's class10 area, office or region, or, naming no area, if it is the prefecture's.

    National texts that name no area (VPTI50-52, VPZJ51) concern everybody.
    """
    return Bulletin(_tags(telegram.root), tuple(_blocks(telegram.root))) if _concerns(telegram) else None


def _tags(root: etree._Element) -> tuple[str, ...]:
    stated = texts_of(root, _TAGS)
    return tuple(dict.fromkeys(tag for text in stated for tag in text.split()))


def _concerns(telegram: Telegram) -> bool:
    envelope, city = telegram.envelope, telegram.city
    named = {code for path in _AREA_CODES for code in texts_of(telegram.root, path)}
    if named:
        return bool(named & {city.class10, city.office, city.region})
    return (envelope.type or "").startswith(_NATIONAL) or envelope.head_title.startswith(city.prefecture)


def _blocks(root: etree._Element) -> Iterator[Block]:
    for path in _PLAIN:
        yield from (Block("", text) for text in texts_of(root, path))
    for info in all_of(root, "m:Body/m:MeteorologicalInfos"):
        for item in (*all_of(info, "m:MeteorologicalInfo/m:Item"), *all_of(info, "m:TimeSeriesInfo/m:Item")):
            area = text_of(item, "m:Area/m:Name")
            for stated in all_of(item, "m:Kind/m:Property"):
                if text := "\n".join((*_sentences(stated), *_amounts(area, stated))):
                    yield Block(text_of(stated, "m:Type"), text)


def _sentences(stated: etree._Element) -> Iterator[str]:
    yield from texts_of(stated, "m:Text")
    for local in all_of(stated, "m:EventPart/m:Base/m:Local"):
        for sentence in texts_of(local, "m:Event/m:Sentence"):
            yield f"{text_of(local, 'm:AreaName')}：{sentence}"
    yield from texts_of(stated, "m:ClimateFeaturePart/e:SignificantClimateElement/e:Text")


def _amounts(area: str, stated: etree._Element) -> Iterator[str]:
    """`嶺北北部平地：４５センチ、４０センチ`: the expected amounts of an area, period after period."""
    described = all_of(stated, "*/descendant::e:*[@description]")
    amounts = [each.get("description", "") for each in described if text_in(each)]
    if area and amounts:
        yield f"{area}：{'、'.join(amounts)}"
