"""VPWW54 of 大阪府 for tests: JMA's old copy of what VPWW55-61 say, with what is stated for the city."""

import re
from datetime import datetime
from pathlib import Path

(_OWN,) = (Path(__file__).parents[2] / "telegrams").glob("*_VPWW54_*.xml")
_CITY = re.compile(r"<Code>03</Code><Status>発表</Status><Condition>土砂災害</Condition><Attention>.*?</Attention>")
_NOTHING = "<Code>18</Code><Status>解除</Status>"  # a kind without a successor: the rest of the Item says thunder
KINDS = {
    "rain 3": "<Code>03</Code><Status>発表</Status><Condition>浸水害</Condition>",
    "rain 5": "<Code>33</Code><Status>発表</Status><Condition>浸水害</Condition>",
    "landslide 3": "<Code>03</Code><Status>発表</Status><Condition>土砂災害</Condition>",
    "landslide 2": "<Code>10</Code><Status>発表</Status><Attention><Note>土砂災害注意</Note></Attention>",
    "storm": "<Code>05</Code><Status>発表</Status>",
    "unknown": "<Code>99</Code><Status>発表</Status>",
    "nothing": _NOTHING,
}


def old_copy(
    says: str,
    at: datetime,
    *,
    status: str = "通常",
    info_type: str = "発表",
    headline: str = "",
    danger: str = "",
) -> bytes:
    """`danger` names the municipalities with 大雨危険警報; every copy says 雷注意報 too."""
    text = _OWN.read_text(encoding="utf-8")
    text, changed = _CITY.subn(KINDS[says], text)
    assert changed == 1
    text = re.sub(r"<DateTime>[^<]*<", f"<DateTime>{at:%Y-%m-%dT%H:%M:%SZ}<", text)
    text = text.replace("<Status>通常</Status>", f"<Status>{status}</Status>")
    text = text.replace("<InfoType>発表<", f"<InfoType>{info_type}<")
    if headline:
        text = re.sub(r"<Text>[^<]*<", f"<Text>{headline}<", text)
    return (text.replace("\nなし", f"\n〈レベル４大雨危険警報〉{danger}") if danger else text).encode()
