"""Two officers, one draft: nobody writes over anybody, and an edit voids what was submitted (R2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.alert import Change
from alerts.office.draft import OPEN, DraftError, DraftState, OvertakenError


def test_saving_counts_up_and_remembers_everybody_who_wrote(draft_of, content, now) -> None:
    other = replace(content, districts=None)
    saved = draft_of(content).saved(other, "baba", 1, now + timedelta(minutes=1))
    assert (saved.version, saved.content, saved.edited_by, saved.author) == (2, other, "baba", "aoki")
    assert saved.writers == {"aoki", "baba"}


def test_saving_the_same_again_changes_nothing(draft_of, content, now) -> None:
    draft = draft_of(content)
    assert draft.saved(content, "aoki", 1, now + timedelta(minutes=1)) == draft


def test_the_second_of_two_officers_is_told_who_was_first(draft_of, content, now) -> None:
    saved = draft_of(content).saved(replace(content, districts=None), "baba", 1, now)
    with pytest.raises(OvertakenError, match="ほかの人が先に") as error:
        saved.saved(replace(content, written="急いで"), "aoki", 1, now)
    assert error.value.theirs == saved


def test_r2_an_edit_voids_what_was_submitted(draft_of, content, now) -> None:
    waiting = draft_of(content).submitted("aoki", "seal", now)
    edited = waiting.saved(replace(content, districts=None), "aoki", 1, now)
    assert (edited.state, edited.seal, edited.submitted_by, edited.submitted_at) == (
        DraftState.EDITING,
        None,
        None,
        None,
    )


def test_what_waits_already_is_not_submitted_again(draft_of, content, now) -> None:
    waiting = draft_of(content).submitted("aoki", "seal", now)
    with pytest.raises(DraftError, match="承認を待っています"):
        waiting.submitted("aoki", "seal", now)


@pytest.mark.parametrize("state", sorted(set(DraftState) - OPEN))
def test_what_is_over_stays_over(draft_of, content, now, state) -> None:
    over = replace(draft_of(content), state=state)
    for act in (
        lambda: over.saved(content, "aoki", 1, now),
        lambda: over.submitted("aoki", "seal", now),
        lambda: over.closed(DraftState.DISCARDED),
    ):
        with pytest.raises(DraftError, match="ください"):
            act()


def test_a_notice_is_neither_raised_nor_lowered(draft_of, notice) -> None:
    for change in (Change.RAISE, Change.LOWER):
        with pytest.raises(DraftError, match="引き上げ・引き下げができません"):
            draft_of(notice, change, "o1")


@pytest.mark.parametrize("change", sorted(set(Change) - {Change.ISSUE}))
def test_r19_a_change_names_the_alert_it_changes(draft_of, content, change) -> None:
    with pytest.raises(DraftError, match="どのお知らせ"):
        draft_of(content, change)


def test_r8_a_draft_grows_old_from_its_last_edit(draft_of, content, now) -> None:
    draft, hour = draft_of(content), timedelta(hours=1)
    assert not draft.is_old_at(now + hour, hour)
    assert draft.is_old_at(now + hour + timedelta(seconds=1), hour)
