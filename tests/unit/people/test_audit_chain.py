"""A changed, removed, inserted or cut-off entry shows; and a chain that was written anew misses a head noted before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.audit import BEGINNING, Break, Entry, Fault, faults, hash_of

START = datetime(2026, 9, 1, 18, 0, tzinfo=UTC)
states = st.none() | st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=3)
said = st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5), states, states), min_size=1, max_size=8)


def chain(acts):
    entries, last = [], BEGINNING
    for number, (who, action, before, after) in enumerate(acts, start=1):
        at = START + timedelta(seconds=number)
        entry = Entry(number, at, "live", None, who, action, before, after, last.hash)
        entries.append(replace(entry, hash=hash_of(entry)))
        last = entries[-1].head
    return entries


def kinds(entries, kept, noted=None):
    return {fault.kind for fault in faults(entries, kept, noted)}


@given(said)
def test_an_untouched_chain_has_no_fault(acts):
    entries = chain(acts)
    assert list(faults(entries, entries[-1].head)) == []
    assert all(list(faults(entries, entries[-1].head, one.head)) == [] for one in entries)


def test_an_empty_chain_has_no_fault():
    assert list(faults([], BEGINNING)) == []


@given(said, st.data())
@pytest.mark.parametrize(
    "change",
    [
        {"who": "somebody else"},
        {"action": "something.else"},
        {"after": {"other": 1}},
        {"before": {"other": 1}},
        {"world": "drill"},
        {"officer_id": "other"},
        {"at": START - timedelta(days=1)},
    ],
)
def test_a_changed_entry_is_found_where_it_is(change, acts, data):
    entries = chain(acts)
    place = data.draw(st.integers(0, len(entries) - 1))
    kept = entries[-1].head
    entries[place] = replace(entries[place], **change)
    assert Fault(Break.CHANGED, place + 1) in list(faults(entries, kept))


@given(said, st.data())
def test_a_changed_entry_that_was_sealed_anew_breaks_the_chain(acts, data):
    entries = chain(acts)
    place, kept = data.draw(st.integers(0, len(entries) - 1)), entries[-1].head
    changed = replace(entries[place], who="somebody else")
    entries[place] = replace(changed, hash=hash_of(changed))
    assert kinds(entries, kept) == {Break.FOREIGN if place < len(entries) - 1 else Break.CUT_OFF}


@given(said, st.data())
def test_a_removed_entry_is_missed(acts, data):
    entries = chain(acts)
    place, kept = data.draw(st.integers(0, len(entries) - 1)), entries[-1].head
    del entries[place]
    last = place == len(entries)
    assert kinds(entries, kept) == {Break.CUT_OFF if last else Break.MISSING}


@given(said, st.data())
def test_an_inserted_entry_is_a_stranger(acts, data):
    entries = chain(acts)
    place, kept = data.draw(st.integers(0, len(entries))), entries[-1].head
    previous = entries[place - 1].hash if place else BEGINNING.hash
    own = Entry(place + 1, START, "live", None, "forger", "x", None, None, previous)
    entries.insert(place, replace(own, hash=hash_of(own)))
    assert kinds(entries, kept) in ({Break.FOREIGN}, {Break.CUT_OFF}, {Break.FOREIGN, Break.CUT_OFF})


@given(said)
def test_a_chain_written_anew_does_not_hold_the_head_that_somebody_noted(acts):
    entries = chain(acts)
    noted = entries[0].head
    forged = chain([("forger", *acts[0][1:]), *acts[1:]]) if acts[0][0] != "forger" else chain([("x", *acts[0][1:])])
    assert kinds(forged, forged[-1].head, noted) == {Break.CHANGED}
    assert kinds([], BEGINNING, noted) == {Break.CUT_OFF}
