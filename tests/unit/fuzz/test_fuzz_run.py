"""The short run; the long one is `bosai fuzz --count 100000 --telegrams …` (docs/benchmarks.md)."""

from copy import deepcopy

import pytest
from lxml import etree

from bosai.fuzz.run import CASE_SECONDS, Fuzzer, cpu_limit
from bosai.fuzz.seen import see

COUNT = 500


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_telegrams_never_crash_and_never_say_what_no_text_states(seed, sources, pack):
    tally = Fuzzer(sources, pack, seed).run(range(COUNT))
    assert tally.faults == []
    assert tally.cases == COUNT


def test_a_run_meets_every_outcome_and_pushes_too(sources, pack):
    tally = Fuzzer(sources, pack, 3).run(range(300))
    assert set(tally.outcomes) >= {"live", "display", "hold"}
    assert set(tally.natures) == {"same", "damage", "loss", "change"}
    assert tally.with_pushes > 20


def test_a_case_of_a_seed_is_always_the_same_mutant(sources, pack):
    whole, alone = Fuzzer(sources, pack, 4), Fuzzer(sources, pack, 4)
    mutants = [whole.mutant(case) for case in range(60)]
    assert alone.mutant(59) == mutants[59]
    assert len({mutant.raw for mutant, _ in mutants}) > 50
    assert Fuzzer(sources, pack, 5).mutant(59) != mutants[59]


@pytest.mark.no_cover
@pytest.mark.parametrize("part", ["Body", "Item", "Code"])
def test_a_part_a_thousand_times_over_takes_no_telegram_long(part, sources, pack):
    """Readers whose work grows with the square of the telegram took minutes of CPU time."""
    for file, raw in sources:
        root = etree.fromstring(raw)
        element = root.find(f".//{{*}}{part}")
        if element is not None:
            for _ in range(min(1000, 2_000_000 // len(etree.tostring(element)))):
                element.addnext(deepcopy(element))
            with cpu_limit(CASE_SECONDS):
                assert see(etree.tostring(root, encoding="UTF-8"), file, pack).reading.reason


def test_a_crash_is_a_fault_that_names_its_seed_and_case(sources, pack, monkeypatch):
    def broken(*_):
        raise KeyError("no such code")

    fuzzer = Fuzzer(sources[:1], pack, 9)
    fuzzer.mutant(5)  # chooses its cities with the real one
    monkeypatch.setattr("bosai.fuzz.seen.explain", broken)
    (fault,) = fuzzer.run([5]).faults
    assert (fault.seed, fault.case, fault.what) == (9, 5, "KeyError: 'no such code'")


def test_a_mutant_that_takes_all_the_time_is_a_fault(sources, pack, monkeypatch):
    def endless(*_):
        while True:
            pass

    monkeypatch.setattr("bosai.fuzz.run.CASE_SECONDS", 0.05)
    fuzzer = Fuzzer(sources[:1], pack, 9)
    fuzzer.mutant(5)
    monkeypatch.setattr("bosai.fuzz.seen.explain", endless)
    (fault,) = fuzzer.run([5]).faults
    assert fault.what.startswith("HangError")
