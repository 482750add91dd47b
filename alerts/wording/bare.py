"""What can be said with official terms alone: JMA's name of the kind, the city, and what became of it (decision 14).

The end of every chain of languages. It stands where no phrase table may or can speak, so it depends on none.
"""

from collections.abc import Sequence

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.times import JST
from alerts.wording.message import Text
from alerts.wording.office_text import OfficeText, Template

_NAMELESS = "防災気象情報"
_DRILL = "【訓練】"
_EQUIVALENT = {5: "警戒レベル５相当", 4: "警戒レベル４相当", 3: "警戒レベル３相当", 2: "警戒レベル２"}
_CHANGES = {
    Change.ISSUE: "発表",
    Change.RAISE: "引き上げ",
    Change.LOWER: "引き下げ",
    Change.END: "解除",
    Change.CORRECT: "訂正",
    Change.RETRACT: "取消",
}
_OFFICE = {
    Template.EVACUATION_ELDERLY: "警戒レベル３ 高齢者等避難",
    Template.EVACUATION_ORDER: "警戒レベル４ 避難指示",
    Template.EMERGENCY_SAFETY: "警戒レベル５ 緊急安全確保",
    Template.SHELTER_OPENING: "避難所のお知らせ",
}
_TITLE_LIMIT = 40
_MOST_NAMED = 8


def bare(revision: Revision, city: CityCodes, *, drill: bool) -> Text:
    """Official Japanese that needs no review: names of JMA and the Cabinet Office, and the time."""
    mark = _DRILL if drill else ""
    kind = f"{city.name} {revision.name.strip() or _NAMELESS}"
    level = _EQUIVALENT.get(revision.level or 0)
    at = revision.issued_at.astimezone(JST)
    said = (
        f"{kind}{f'（{level}）' if level else ''}　{_CHANGES[revision.change]}　{at.day}日{at.hour}時{at.minute:02}分"
    )
    spoken = "、".join(part for part in ("訓練" if drill else "", kind, level or "", _CHANGES[revision.change]) if part)
    return Text(f"{mark}{kind}"[:_TITLE_LIMIT], mark + said, f"{spoken}。")


def bare_digest(told: Sequence[Revision], city: CityCodes, *, drill: bool) -> Text:
    """The official names of several notices in force."""
    mark = _DRILL if drill else ""
    names = list(dict.fromkeys(revision.name.strip() or _NAMELESS for revision in told))
    listed, more = "、".join(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    said = f"{city.name}　{listed}{f'ほか{more}件' if more > 0 else ''}　{_CHANGES[Change.ISSUE]}中"
    spoken = "、".join(part for part in ("訓練" if drill else "", city.name, *names) if part)
    return Text(f"{mark}{city.name} {names[0]}など"[:_TITLE_LIMIT], mark + said, f"{spoken}。")


def bare_office(said: OfficeText, city: CityCodes, *, drill: bool) -> Text:
    """The official name of the order, where it holds, and the officer's own words."""
    mark = _DRILL if drill else ""
    name = f"{city.name} {_OFFICE.get(said.template, 'お知らせ')}（{_CHANGES[said.change]}）"
    where = "市内全域" if said.districts is None else "、".join(place.name for place in said.districts)
    parts = [name, where, "、".join(place.name for place in said.shelters), said.written.strip()]
    body = "　".join(part for part in parts if part)
    return Text(
        f"{mark}{name}"[:_TITLE_LIMIT], mark + body, "。".join(part for part in ("訓練" * drill, *parts) if part)
    )
