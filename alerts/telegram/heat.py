"""Reads VPFT50, the heat alert of a prefecture (jma.md §3.3): plain text without any area code.

The alert is issued where a WBGT of 33 or more is forecast, at 17:00 the day before and at 05:00; the second one stands
also where the forecast has fallen below 33, so every issue is an alert and none is an end.
"""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.notice import notice_of
from alerts.telegram.texts import lines_of, text_of

_ALERT = "熱中症警戒アラート"
_SPECIAL = "熱中症特別警戒アラート"
_TEXT = "m:Body/m:Comment/m:Text[@type='本文']"


def read_heat(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VPFT50 says about the city's prefecture, which Head/Title begins with.

    熱中症特別警戒アラート is 環境省's: should this telegram ever bear it, it acts as an alert and is held for the
    office.
    """
    title = envelope.head_title
    if _ALERT not in title and _SPECIAL not in title:
        return broken(f"is not titled {_ALERT}")
    text = text_of(root, _TEXT)
    if "熱中症" not in text:
        return broken("has no 本文 that speaks of 熱中症")
    if not title.startswith(city.prefecture):
        return Findings(f"concerns another prefecture than {city.prefecture}")
    kind = kinds.table()["VPFT50", "alert"]
    opening = next(lines_of(text))
    return said(envelope, city, (notice_of(kind, details=[opening]),), [_SPECIAL] if _SPECIAL in title else [])
