"""Every mutation does something to a telegram that has what it aims at."""

from random import Random

import pytest
from lxml import etree

from bosai.fuzz.mutant import BYTES, TREE
from bosai.fuzz.target import Target

TRIES = 20


@pytest.fixture(scope="module")
def raw(sources):
    return next(raw for file, raw in sources if "VXSE53" in file)


@pytest.mark.parametrize(("nature", "alter"), TREE, ids=lambda value: getattr(value, "__name__", value))
def test_a_mutation_of_the_tree_alters_it(nature, alter, raw, pack):
    written = set()
    for seed in range(TRIES):
        root = etree.fromstring(raw)
        assert alter(Target(root, pack.codes), Random(seed))
        written.add(etree.tostring(root))
    assert len(written - {etree.tostring(etree.fromstring(raw))}) > TRIES / 4


@pytest.mark.parametrize(("nature", "alter"), BYTES, ids=lambda value: getattr(value, "__name__", value))
def test_a_mutation_of_the_bytes_alters_them(nature, alter, raw):
    assert {alter(raw, Random(seed))[0] for seed in range(TRIES)} - {raw}


@pytest.mark.parametrize(("nature", "alter"), TREE, ids=lambda value: getattr(value, "__name__", value))
def test_a_telegram_with_nothing_in_it_is_no_trouble(nature, alter, pack):
    assert alter(Target(etree.fromstring("<Report/>"), pack.codes), Random(1))
