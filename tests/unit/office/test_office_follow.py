"""Whom a revision reaches, and what holds afterwards (R5, R18, R19)."""

from dataclasses import replace

import pytest

from alerts.alert import Change, Scope
from alerts.office.draft import DraftError
from alerts.office.follow import first, follow
from alerts.wording.office_text import Template

BOTH = frozenset({"hojo-1", "hojo-2"})


@pytest.fixture
def lower(content):
    return replace(content, template=Template.EVACUATION_ELDERLY)


def test_a_new_alert_reaches_everybody_in_its_districts(content) -> None:
    step = first(content)
    assert (step.scope, step.districts, step.holds) == (Scope.EVERYONE, BOTH, content)
    assert [tier.districts for tier in step.tiers] == [BOTH]
    assert first(replace(content, districts=None)).districts is None


def test_an_update_reaches_everybody_the_new_districts_too(content) -> None:
    wider = replace(content, districts=("hojo-1", "hojo-2", "hojo-3"))
    assert follow(Change.ISSUE, content, wider) == first(wider)
    assert follow(Change.ISSUE, content, replace(content, districts=None)).districts is None


@pytest.mark.parametrize("change", [Change.ISSUE, Change.RAISE])
def test_r18_an_update_never_leaves_a_district_without_a_word(content, lower, change) -> None:
    before = lower if change is Change.RAISE else content
    with pytest.raises(DraftError, match=r"地区を減らせません|減らす更新はできません"):
        follow(change, before, replace(content, districts=("hojo-1",)))
    with pytest.raises(DraftError):
        follow(change, replace(before, districts=None), content)


def test_a_rise_reaches_everybody_a_step_down_who_was_told(content, lower) -> None:
    assert follow(Change.RAISE, lower, content) == first(content)
    step = follow(Change.LOWER, content, lower)
    assert (step.scope, step.districts, step.holds) == (Scope.RECEIVERS, None, lower)


def test_r18_a_rise_rises_and_a_step_down_falls(content, lower) -> None:
    for change, before, after in ((Change.RAISE, content, lower), (Change.LOWER, lower, content)):
        with pytest.raises(DraftError, match="レベルを選んでください"):
            follow(change, before, after)
        with pytest.raises(DraftError):
            follow(change, before, before)


def test_a_step_down_keeps_its_districts(content, lower) -> None:
    with pytest.raises(DraftError, match="地区を変えられません"):
        follow(Change.LOWER, content, replace(lower, districts=None))


def test_r5_a_correction_reaches_who_was_told(content) -> None:
    after = replace(content, written="集合場所は公民館です。")
    assert follow(Change.CORRECT, content, after).scope is Scope.RECEIVERS


def test_r5_a_correction_of_districts_reaches_the_wrong_and_the_right(content) -> None:
    step = follow(Change.CORRECT, content, replace(content, districts=("hojo-3",)))
    assert (step.scope, step.districts) == (Scope.EVERYONE, BOTH | {"hojo-3"})
    assert follow(Change.CORRECT, content, replace(content, districts=None)).districts is None


def test_r5_an_end_and_a_retraction_reach_who_was_told(content) -> None:
    for change in (Change.END, Change.RETRACT):
        step = follow(change, content, content)
        assert (step.scope, step.districts, step.holds) == (Scope.RECEIVERS, None, None)


def test_a_partial_end_leaves_the_rest_in_force(content) -> None:
    step = follow(Change.END, content, replace(content, districts=("hojo-2",)))
    assert (step.scope, step.districts) == (Scope.RECEIVERS, {"hojo-2"})
    assert step.holds == replace(content, districts=("hojo-1",))


@pytest.mark.parametrize("districts", [None, ("hojo-3",), ("hojo-1", "hojo-3")])
def test_r19_only_what_holds_is_ended(content, districts) -> None:
    with pytest.raises(DraftError, match="発令していない地区"):
        follow(Change.END, content, replace(content, districts=districts))


def test_some_districts_of_the_whole_city_are_named_first(content) -> None:
    with pytest.raises(DraftError, match="先に「訂正」で地区を選び直して"):
        follow(Change.END, replace(content, districts=None), content)


@pytest.mark.parametrize("change", [Change.ISSUE, Change.RETRACT])
def test_an_alert_does_not_become_another_kind(content, notice, change) -> None:
    with pytest.raises(DraftError, match="種類は変えられません"):
        follow(change, content, replace(notice, districts=content.districts))
