"""The oracle finds what a mutant may not do: each rule once broken and once kept."""

from dataclasses import replace

import pytest

from alerts.alert import Change
from alerts.telegram.reading import Outcome
from bosai.fuzz.mutant import Nature
from bosai.fuzz.oracle import faults, faults_of_original
from bosai.fuzz.seen import see

WARNED = ("heavy_rain", "33", 5)
WORSE = ("landslide", "39", 5)


@pytest.fixture(scope="module")
def seen(sources, pack):
    """The heavy rain of nobody in particular: what is stated and pushed is put in by each test."""
    raw = next(raw for file, raw in sources if "VXSE53" in file)
    return replace(see(raw, "VXSE53.xml", pack), rises=frozenset(), falls=frozenset(), stated=frozenset({WARNED}))


def pushing(seen, *rises):
    return replace(seen, rises=frozenset(rises))


@pytest.mark.parametrize("nature", list(Nature)[1:])
def test_what_the_original_states_may_be_pushed(nature, seen):
    assert faults(nature, seen, pushing(seen, WARNED)) == []


@pytest.mark.parametrize("nature", list(Nature)[1:])
def test_what_no_text_states_may_not_be_pushed(nature, seen):
    assert len(faults(nature, seen, pushing(seen, WORSE))) == 1


def test_only_a_change_may_push_what_its_own_text_states(seen):
    mutant = replace(pushing(seen, WORSE), stated=frozenset({WORSE}))
    assert faults(Nature.CHANGE, seen, mutant) == []
    assert faults(Nature.LOSS, seen, mutant) != []


def test_r1_damage_to_a_drill_never_pushes_what_the_drill_states(seen):
    assert faults(Nature.LOSS, replace(seen, status="訓練"), pushing(seen, WARNED)) != []


@pytest.mark.parametrize("word", ["status", "info_type"])
def test_r16_a_text_without_a_known_status_or_info_type_must_be_held(word, seen):
    nameless = replace(seen, **{word: "無"}, shown=False)
    held = replace(nameless, reading=replace(seen.reading, outcome=Outcome.HOLD))
    assert faults(Nature.LOSS, seen, nameless) != []
    assert faults(Nature.LOSS, seen, held) == []
    assert faults(Nature.LOSS, seen, pushing(held, WARNED)) != []


def test_what_the_text_still_states_may_not_be_ended(seen):
    ending = replace(seen, falls=frozenset({("heavy_rain", Change.END)}))
    gone = replace(ending, stated=frozenset())
    assert [nature for nature in Nature if faults(nature, seen, ending)] == [Nature.SAME, Nature.DAMAGE, Nature.LOSS]
    assert [nature for nature in Nature if faults(nature, seen, gone)] == [Nature.SAME, Nature.DAMAGE]


def test_what_only_looks_different_must_be_read_the_same(seen):
    assert faults(Nature.SAME, seen, seen) == []
    assert faults(Nature.SAME, seen, pushing(seen, WARNED)) != []
    assert faults(Nature.SAME, seen, replace(seen, reading=replace(seen.reading, outcome=Outcome.HOLD))) != []


def test_a_push_that_the_yardstick_does_not_find_is_told_of_the_original(seen):
    assert faults_of_original(pushing(seen, WARNED)) == []
    assert faults_of_original(pushing(seen, WORSE)) != []
