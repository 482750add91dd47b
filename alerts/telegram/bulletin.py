"""Reads VPBS50, the bulletins of what is happening now: 線状降水帯, 記録雨, 短時間大雪 (jma.md §3.3).

The tag of the headline is the code, and it names class10 areas: a 記録雨 counts for the whole area, whichever
municipality measured it. No bulletin has a 警戒レベル or an end. Each is a message of its own: it says nothing of the
hazards that it does not name for the city. Only a correction may take away what it said itself.
"""

from dataclasses import replace

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope, InfoType
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.notice import notice_of
from alerts.telegram.texts import all_of, lines_of, text_of, texts_of

_TAG = "情報タグ"
_ITEMS = f"h:Head/h:Headline/h:Information[@type='{_TAG}']/h:Item"


def read_bulletin(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VPBS50 says about the city's class10 area."""
    items = all_of(root, _ITEMS)
    if not items:
        return broken(f"has no {_TAG} in its headline")
    own = [item for item in items if city.class10 in texts_of(item, "h:Areas/h:Area/h:Code")]
    known, strange = kinds.sort_out(envelope.type, (tag for item in own for tag in _tags(item)))
    _, anywhere = kinds.sort_out(envelope.type, (tag for item in items for tag in _tags(item)))
    elsewhere = [tag for tag in anywhere if tag not in strange]
    notices = tuple(notice_of(kind, details=lines_of(envelope.headline)) for kind in known)
    oddities = [f"Unknown tag {', '.join(elsewhere)} for other areas."] if elsewhere else []
    found = said(envelope, city, notices, strange, oddities)
    if envelope.info_type is InfoType.CORRECTION:
        return found
    return replace(found, hazards=frozenset(notice.hazard for notice in notices))


def _tags(item: etree._Element) -> list[str]:
    """The tags of an Item; one element may hold several with blanks between them."""
    kinds_of_item = (kind for kind in all_of(item, "h:Kind") if text_of(kind, "h:Name") == _TAG)
    tags = [tag for kind in kinds_of_item for tag in text_of(kind, "h:Condition").split()]
    return tags or [f"without {_TAG}"]
