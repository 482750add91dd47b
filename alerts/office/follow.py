"""What a draft does to the alert it belongs to: whom it reaches, and what holds afterwards (R5, R18, R19)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from alerts.alert import Change, Scope, Tier
from alerts.office.content import Content
from alerts.office.draft import DraftError


@dataclass(frozen=True, slots=True)
class Step:
    """One revision to come. `holds` is the content afterwards; None when nothing holds any more."""

    scope: Scope
    districts: frozenset[str] | None  # whom it addresses; None: everybody, for receivers also who has moved
    holds: Content | None

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """One: an officer's alert is told everywhere at once."""
        return (Tier(self.districts),)


def first(content: Content) -> Step:
    """A new alert: everybody in its districts."""
    return Step(Scope.EVERYONE, _ids(content), content)


def follow(change: Change, before: Content, after: Content) -> Step:
    """A revision of an alert that holds. Raises `DraftError` for what that change cannot do."""
    return _FOLLOWERS[change](before, after)


def _update(before: Content, after: Content) -> Step:
    """More districts, a later end, other words: said to all of them again."""
    _same_kind(before, after)
    if not _covers(after, before):
        raise DraftError("地区を減らす更新はできません。一部の地区だけを終えるときは「一部解除」を選んでください。")
    return first(after)


def _raised(before: Content, after: Content) -> Step:
    if (after.level or 0) <= (before.level or 0):
        raise DraftError("いまの避難情報より上のレベルを選んでください。")
    if not _covers(after, before):
        raise DraftError("引き上げでは地区を減らせません。残りの地区には、別の避難情報を発令してください。")
    return first(after)


def _lowered(before: Content, after: Content) -> Step:
    if (after.level or 0) >= (before.level or 0):
        raise DraftError("いまの避難情報より下のレベルを選んでください。")
    if after.districts != before.districts:
        raise DraftError("引き下げでは地区を変えられません。地区は「更新」か「一部解除」で変えてください。")
    return Step(Scope.RECEIVERS, None, after)


def _corrected(before: Content, after: Content) -> Step:
    """Who was told wrongly, and who should have been told."""
    if after.districts == before.districts:
        return Step(Scope.RECEIVERS, None, after)
    these, those = _ids(before), _ids(after)
    both = None if these is None or those is None else these | those
    return Step(Scope.EVERYONE, both, after)


def _ended(before: Content, after: Content) -> Step:
    """All of it, or some of its districts (一部解除): the others hold on."""
    if after.districts == before.districts:
        return Step(Scope.RECEIVERS, None, None)
    if after.districts is None:
        raise DraftError("発令していない地区は解除できません。発令中の地区から選んでください。")
    if before.districts is None:
        raise DraftError("市内全域の一部だけを解除するときは、先に「訂正」で地区を選び直してください。")
    rest = tuple(one for one in before.districts if one not in after.districts)
    if not set(after.districts) <= set(before.districts):
        raise DraftError("発令していない地区は解除できません。発令中の地区から選んでください。")
    return Step(Scope.RECEIVERS, _ids(after), replace(before, districts=rest))


def _retracted(before: Content, after: Content) -> Step:
    _same_kind(before, after)
    return Step(Scope.RECEIVERS, None, None)


def _same_kind(before: Content, after: Content) -> None:
    if after.template is not before.template:
        raise DraftError("お知らせの種類は変えられません。終了してから、新しく出してください。")


def _covers(wide: Content, narrow: Content) -> bool:
    if wide.districts is None:
        return True
    return narrow.districts is not None and set(narrow.districts) <= set(wide.districts)


def _ids(content: Content) -> frozenset[str] | None:
    return None if content.districts is None else frozenset(content.districts)


_FOLLOWERS: Mapping[Change, Callable[[Content, Content], Step]] = {
    Change.ISSUE: _update,
    Change.RAISE: _raised,
    Change.LOWER: _lowered,
    Change.CORRECT: _corrected,
    Change.END: _ended,
    Change.RETRACT: _retracted,
}
