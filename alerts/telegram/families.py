"""Which reader reads which family, and the layouts it was made for (catalogue.toml, `reader`)."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.ashfall import read_ashfall
from alerts.telegram.bulletin import read_bulletin
from alerts.telegram.display.reader import read_displayed
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings
from alerts.telegram.flood import read_flood
from alerts.telegram.heat import read_heat
from alerts.telegram.intensity import read_intensity
from alerts.telegram.layout import WARNING_LAYOUT
from alerts.telegram.nankai import read_nankai
from alerts.telegram.tornado import read_tornado
from alerts.telegram.tsunami import read_tsunami
from alerts.telegram.warnings import read_warning


@dataclass(frozen=True, slots=True)
class Family:
    """`layouts` are the (InfoKind, InfoKindVersion) that are known to be read right; none means any."""

    read: Callable[[etree._Element, Envelope, CityCodes], Findings]
    layouts: tuple[tuple[str, str], ...] = ()


FAMILIES = {
    "warnings": Family(read_warning, (WARNING_LAYOUT,)),
    "flood": Family(read_flood, (("指定河川洪水予報", "1.1_1"),)),
    "notified_river": Family(read_flood, (("水位周知河川に関する情報", "1.5_0"),)),
    "bulletin": Family(read_bulletin, (("気象解説情報", "1.5_0"),)),
    "tornado": Family(read_tornado, (("竜巻注意情報", "1.1_0"),)),
    "heat": Family(read_heat, (("同一現象用平文情報", "1.0_0"),)),
    "first_intensity": Family(read_intensity, (("震度速報", "1.0_1"), ("震度速報", "1.0_0"))),
    "intensity": Family(read_intensity, (("地震情報", "1.0_1"), ("地震情報", "1.0_0"))),
    "long_period": Family(read_intensity, (("長周期地震動に関する観測情報", "1.3_0"),)),
    "tsunami": Family(read_tsunami, (("津波警報・注意報・予報", "1.0_1"),)),
    "nankai": Family(read_nankai, (("南海トラフ地震に関連する情報", "1.1_0"),)),
    "ashfall": Family(read_ashfall, (("降灰予報", "1.1_0"),)),
    "display": Family(read_displayed),
}
