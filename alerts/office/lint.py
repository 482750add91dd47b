"""What is checked before anybody is asked to approve: each rule is an incident that reached residents (R8).

An error refuses, a warning is shown and may be right. Sentences are Japanese, for the officer who writes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.alert import Change
from alerts.office.draft import Draft
from alerts.office.words import drill_words, foreign_words, gaps, order_words, other_days
from alerts.shelter.opening import Opening, OpeningState
from alerts.times import JST
from alerts.wording.office_text import Template


class Gravity(StrEnum):
    """What a finding does."""

    ERROR = "error"  # cannot be sent
    WARNING = "warning"  # can, after somebody has looked


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at. `field` is the form's field that it belongs to."""

    gravity: Gravity
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Facility:
    """A shelter that a draft may name."""

    name: str
    opening: Opening | None  # None: nobody ever reported


@dataclass(frozen=True, slots=True)
class InForce:
    """An order of the city that holds now."""

    alert_id: str
    template: Template
    districts: frozenset[str] | None  # None: the whole city


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is true around the draft."""

    now: datetime
    is_drill: bool
    draft_lasts: timedelta
    longest: timedelta  # that an alert may stand
    facilities: Mapping[str, Facility]
    in_force: tuple[InForce, ...]
    unsaid: tuple[str, ...]  # let-out languages in which another one stands in
    in_part: tuple[str, ...]  # languages in which the text is too long and was cut


def lint(draft: Draft, around: Surroundings) -> tuple[Finding, ...]:
    """Everything found, errors first."""
    found = [finding for rule in _RULES for finding in rule(draft, around)]
    return tuple(sorted(found, key=lambda one: one.gravity is not Gravity.ERROR))


def refuses(findings: tuple[Finding, ...]) -> bool:
    """Whether one of them is an error."""
    return any(one.gravity is Gravity.ERROR for one in findings)


def _error(field: str, message: str) -> Finding:
    return Finding(Gravity.ERROR, field, message)


def _warning(field: str, message: str) -> Finding:
    return Finding(Gravity.WARNING, field, message)


def _incomplete(draft: Draft, _: Surroundings) -> Iterator[Finding]:
    """港区 2024, 赤穂 2018: a field left empty, an audience that nobody chose (R7, R8)."""
    return (_error(gap.field, gap.message) for gap in draft.content.gaps())


def _expiry(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    expires_at = draft.content.expires_at
    if expires_at <= around.now:
        yield _error("expires_at", "有効期限が過ぎています。これからの日時を指定してください。")
    elif expires_at - around.now > around.longest:
        latest = (around.now + around.longest).astimezone(JST)
        yield _error(
            "expires_at", f"有効期限が先すぎます。{latest.month}月{latest.day}日{latest.hour}時までにしてください。"
        )


def _age(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    """玄海町 2023, 港区 2024: what was true when it was written went out much later."""
    if draft.is_old_at(around.now, around.draft_lasts):
        minutes = int(around.draft_lasts.total_seconds() // 60)
        yield _error("draft", f"{minutes}分以上変更されていない下書きです。内容を見直し、保存し直してください。")


def _gaps(draft: Draft, _: Surroundings) -> Iterator[Finding]:
    """港区 2024: 「避難人数:未入力」 was sent."""
    for gap in gaps(draft.content.written):
        yield _error("written", f"「{gap}」のままになっています。正しい内容に置き換えてください。")


def _days(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    """港区 2024: an opening of another day; Yahoo 2021: an eruption in the future."""
    for day in other_days(draft.content.written, around.now):
        yield _warning(
            "written", f"本文の日付「{day}」は今日ではありません。古い文章の写しではないか確認してください。"
        )


def _drill_words(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    """八戸 2022, 江戸川区 2026: the text of a drill, typed into production (R1)."""
    if around.is_drill:
        return
    say = _warning if draft.content.template is Template.FREE else _error  # a real word about a drill to come
    for word in drill_words(draft.content.written):
        yield say(
            "written",
            f"本文に「{word}」とあります。ここは本番の画面で、住民に届きます。訓練は訓練用の画面で作成してください。",
        )


def _order_words(draft: Draft, _: Surroundings) -> Iterator[Finding]:
    """東伊豆: an order or a disaster in free text, without the words that were reviewed for it (R3)."""
    if draft.content.is_order:
        return
    for word in order_words(draft.content.written):
        yield _error("written", f"「{word}」は、専用の種類を選んで発信してください。自由文では発信できません。")
    for word in foreign_words(draft.content.written):
        yield _error("written", f"「{word}」は市が発表する情報ではありません。気象庁や国の発表は自動で配信されます。")


def _shelters(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    """玄海町 2023: closed shelters were named (R8)."""
    if draft.change in {Change.END, Change.RETRACT}:
        return
    for facility in draft.content.shelters:
        known = around.facilities.get(facility)
        if known is None:
            yield _error("shelters", f"避難所「{facility}」は一覧にありません。選び直してください。")
        elif known.opening is None or known.opening.state not in _TAKES_PEOPLE:
            state = _STATES[known.opening.state if known.opening else OpeningState.NOT_OPENED]
            yield _error("shelters", f"{known.name}は{state}。開設を記録するか、この避難所を外してください。")
        elif known.opening.state is OpeningState.FULL:
            yield _error("shelters", f"{known.name}は満員です。この避難所を外してください。")
        elif known.opening.is_old_at(around.now):
            yield _warning(
                "shelters", f"{known.name}の状態は24時間以上更新されていません。開いているか確認してください。"
            )


def _other_orders(draft: Draft, around: Surroundings) -> Iterator[Finding]:
    """Said again where it holds already; ended where it never held (宮古島: 解除 of an order never given, R19)."""
    holds = {one.alert_id: one for one in around.in_force}
    if draft.change is not Change.ISSUE:
        if draft.content.is_order and draft.alert_id not in holds:
            yield _error("draft", "この避難情報は発令中ではありません。発令中の一覧から選び直してください。")
        return
    for one in around.in_force:
        if one.template is draft.content.template and _share(one.districts, draft.content.districts):
            yield _warning(
                "districts",
                "同じ避難情報がすでに発令中の地区が含まれています。「更新」や「地区の追加」ではないか確認してください。",
            )
            return


def _languages(_: Draft, around: Surroundings) -> Iterator[Finding]:
    if around.unsaid:
        yield _warning("languages", f"{'、'.join(around.unsaid)}では、ほかの言語の文章が代わりに届きます。")
    if around.in_part:
        yield _warning(
            "written",
            f"通知に入りきらないため、{'、'.join(around.in_part)}では一部が省かれます（全文はアプリで読めます）。",
        )


def _share(these: frozenset[str] | None, those: tuple[str, ...] | None) -> bool:
    return these is None or those is None or bool(these & set(those))


_TAKES_PEOPLE = frozenset({OpeningState.OPENING, OpeningState.OPEN, OpeningState.FULL})
_STATES = {
    OpeningState.NOT_OPENED: "まだ開設されていません",
    OpeningState.CLOSED: "閉鎖されています",
    OpeningState.UNUSABLE: "使用できない状態です",
}
_RULES: tuple[Callable[[Draft, Surroundings], Iterator[Finding]], ...] = (
    _incomplete,
    _expiry,
    _age,
    _gaps,
    _days,
    _drill_words,
    _order_words,
    _shelters,
    _other_orders,
    _languages,
)
