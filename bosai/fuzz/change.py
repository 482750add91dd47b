"""Other words in the places of a telegram: what such a mutant says may be new. Each returns what it did."""

from random import Random

from lxml import etree

from alerts.telegram import kinds
from bosai.fuzz.target import Target, label, local

_NOTHING = "nothing to change"
_WORDS = (
    *("通常", "訓練", "試験", "発表", "訂正", "遅延", "取消", "解除", "継続", "通 常", "Actual"),
    *("発表警報・注意報はなし", "警報から注意報", "特別警報から危険警報", "震度５弱以上未入電"),
    *("【警戒レベル５相当】", "【警戒レベル】", "主文", "情報タグ", "浸水想定地区", "浸水想定地区（氾濫発生情報）"),
    *("2026-07-01T12:00:00Z", "2026-07-01T12:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+09:00", "20260701"),
    *("P1D", "PT999H", "P999D", "NaN", "-1", "1e999", "+91.0+181.0/", "0", "", "-", "20110311144640 20110311151500"),
    *("130000", "1310100", "気象庁", "気象警報・注意報", "1.5_0", "1.5_9", "土砂災害警戒情報"),
)
_UNKNOWN = ("99", "３３", "33 43", "033", "33.0", "8", "08 ", "5弱", "6+-", "x" * 40, "100000000000000000000000", "０")

_PLACE_DIGITS = 3  # and more; a Kind has two
_BEARERS = frozenset({"Code", "MaxInt", "MaxLgInt", "Condition"})


def known_code(target: Target, random: Random) -> str:
    """Another code of a table that knows this one; of any table where none does."""
    element = _code(target, random)
    if element is None:
        return _NOTHING
    was = (element.text or "").strip()
    element.text = random.choice(_codes_beside(was) or _codes_beside(None))
    return f"{label(element)}: {was} becomes {element.text}"


def unknown_code(target: Target, random: Random) -> str:
    """A code that no table knows, or that only looks like one."""
    element = _code(target, random)
    if element is None:
        return _NOTHING
    was, element.text = element.text, random.choice(_UNKNOWN)
    return f"{label(element)}: {was} becomes {element.text}"


def word(target: Target, random: Random) -> str:
    """A word, time or number of telegrams in the place of another."""
    element = target.pick_text(random)
    if element is None:
        return _NOTHING
    element.text = random.choice(_WORDS)
    return f"{label(element)} becomes {element.text}"


def place(target: Target, random: Random) -> str:
    """The code of one place for that of another of the same telegram: other cities' lines become the city's."""
    codes = target.root.iter("{*}Code", "{*}CityCode")
    places = [each for each in codes if len((each.text or "").strip()) >= _PLACE_DIGITS]
    if not places:
        return _NOTHING
    one, other = random.choice(places), random.choice(places)
    one.text, other.text = other.text, one.text
    return f"{label(one)} and {label(other)} change places"


def attribute(target: Target, random: Random) -> str:
    """The value of an attribute for that of another element."""
    having = [each for each in target.root.iter("{*}*") if each.attrib]
    if not having:
        return _NOTHING
    element, other = random.choice(having), random.choice(having)
    name = str(random.choice(list(element.attrib)))
    element.set(name, random.choice((*other.attrib.values(), "", "値なし")))
    return f"@{name} of {label(element)} becomes {element.get(name)}"


def _code(target: Target, random: Random) -> etree._Element | None:
    for _ in range(50):
        element = target.pick_text(random)
        if element is not None and local(element) in _BEARERS:
            return element
    return None


def _codes_beside(code: str | None) -> list[str]:
    """The codes of every table that has this one; all codes for None."""
    tables = {name for name, each in kinds.table() if code in {None, each}}
    return sorted({each for name, each in kinds.table() if name in tables})
