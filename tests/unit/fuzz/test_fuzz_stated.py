"""The yardstick finds in the own telegrams what they say of the city, and nothing for a city they do not name."""

from dataclasses import replace

import pytest
from lxml import etree

from bosai.fuzz.seen import see
from bosai.fuzz.stated import stated

LIVE = ["VXKO52", "VYSE50", "VPFT50", "VXSE53", "VXSE51", "VXSE62", "VTSE41", "VPBS50", "VPHW51", "VFVO53"]
NATIONAL = {"VYSE50"}  # names no place


def raw_of(sources, telegram_type):
    (raw,) = (raw for file, raw in sources if f"_{telegram_type}_" in file)
    return raw


@pytest.mark.parametrize("telegram_type", LIVE)
def test_it_finds_every_push_of_an_own_telegram(telegram_type, sources, pack):
    seen = see(raw_of(sources, telegram_type), f"{telegram_type}.xml", pack)
    assert seen.rises
    assert seen.rises <= seen.stated


@pytest.mark.parametrize("telegram_type", sorted(set(LIVE) - NATIONAL))
def test_it_finds_nothing_for_a_city_that_is_not_named(telegram_type, sources, pack):
    elsewhere = replace(
        pack.codes,
        prefecture="島根県",
        municipality="3220100",
        class10="320010",
        quake_region="590",
        tsunami_region="600",
        rivers=("870706000100",),
    )
    assert stated(etree.fromstring(raw_of(sources, telegram_type)), telegram_type, elsewhere) == frozenset()


def test_what_is_over_and_what_was_before_is_not_stated(pack):
    kind = "<Kind><Code>{}</Code><Status>{}</Status>{}</Kind>"
    before = "<LastKind><Code>38</Code></LastKind>"
    line = kind.format("33", "解除", "") + kind.format("43", "継続", before)
    text = f"<R><Body><Item>{line}<Area><Code>2721800</Code></Area></Item></Body></R>"
    assert stated(etree.fromstring(text), "VPWW55", pack.codes) == {("heavy_rain", "43", 4)}
