"""An address in any usual spelling names its district; what it does not say is never guessed."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.address_book import AddressBook, AddressMatch, Certainty
from alerts.city.address_text import folded, number
from alerts.city.codes import CityCodes
from alerts.city.district import District

CODES = CityCodes(
    "見本市", "Mihon City", "架空県", "99201", "9920100", "990001", "990000", "990000", "99", "999", "999", ()
)


def town(slug: str, name: str, kana: str, postal_code: str = "") -> District:
    return District(slug, name, kana, slug, postal_code, 35.0, 135.0)


TOWNS = (
    town("kita-1", "北浜一丁目", "キタハマ1チョウメ", "9990001"),
    town("kita-2", "北浜二丁目", "キタハマ2チョウメ", "9990001"),
    town("kita-12", "北浜十二丁目", "キタハマ12チョウメ", "9990001"),
    town("kita-oaza", "大字北浜", "オオアザキタハマ", "9990001"),
    town("kitaminami", "北浜南町", "キタハマミナミチョウ", "9990002"),
    town("oka", "緑ヶ丘", "ミドリガオカ", "9990003"),
    town("tatsu", "大字龍ノ口", "オオアザタツノクチ", "9990004"),
    town("zuka-3", "三ツ塚三丁目", "ミツヅカ3チョウメ", "9990005"),
    town("shinmachi", "新町", "シンマチ", "9990006"),
)
BOOK = AddressBook(CODES, TOWNS)


def exact(district: str) -> AddressMatch:
    return AddressMatch(Certainty.EXACT, (district,))


SAME = [  # one place, as people write it
    "架空県見本市北浜2-14-4",
    "見本市北浜2-14-4",
    "架空県見本市北浜２－１４－４",
    "見本市北浜2丁目14番4号",
    "見本市北浜二丁目14-4",
    "見本市北浜二丁目十四番四号",
    "見本市北浜二-十四-四",
    "見本市北浜2ー14ー4",
    "見本市北浜2−14−4",
    "見本市北浜2の14の4",
    "見本市 北浜 2丁目 14番地の4",
    "見本市北浜弐丁目14",
    "見本市北浜2丁14-4",
    "見本市キタハマ2-14-4",
    "見本市きたはま２ちょうめ１４ばん４ごう",
    "見本市ｷﾀﾊﾏ2-14-4",
    "見本市北濱2-14-4",
    "〒999-0001 架空県見本市北浜2-14-4",
    "９９９－０００１　見本市北浜２－１４－４",
    "9990001見本市北浜2-14-4",
    "999-0001 北浜2-14-4",
    "日本、架空県見本市北浜2-14-4 見本ハイツ301号室",
    "見本郡見本市北浜2",
]


@pytest.mark.parametrize("address", SAME)
def test_every_spelling_of_an_address_gives_its_block(address: str) -> None:
    assert BOOK.find(address) == exact("kita-2")


@pytest.mark.parametrize(
    ("address", "district"),
    [
        ("見本市北浜12-3", "kita-12"),
        ("見本市北浜十二丁目", "kita-12"),
        ("見本市北浜1234-5", "kita-oaza"),  # no block 1234: a lot of the 大字
        ("見本市北浜2番地", "kita-oaza"),
        ("見本市大字北浜2-3", "kita-oaza"),
        ("見本市大字北浜2丁目3", "kita-2"),
        ("見本市北浜南町1-2", "kitaminami"),  # the longer name wins
        ("見本市緑ケ丘1-2", "oka"),
        ("見本市緑が丘1-2", "oka"),
        ("見本市みどりがおか1-2", "oka"),
        ("見本市竜の口698-3", "tatsu"),
        ("見本市大字龍ノ口", "tatsu"),
        ("見本市字龍ノ口12", "tatsu"),
        ("見本市三ッ塚三-五", "zuka-3"),
        ("見本市みつずか3丁目", "zuka-3"),
        ("見本市新町3-101", "shinmachi"),
    ],
)
def test_names_blocks_and_lots_are_told_apart(address: str, district: str) -> None:
    assert BOOK.find(address) == exact(district)


@pytest.mark.parametrize(
    "address",
    ["見本市北浜", "見本市北浜9丁目", "見本市北浜9丁目3", "〒999-0001", "999-0001 見本市", "999-0001 見本市どこか"],
)
def test_an_address_without_a_known_block_gives_every_district_it_can_mean(address: str) -> None:
    found = BOOK.find(address)
    assert found.certainty is Certainty.SEVERAL
    assert set(found.districts) == {"kita-1", "kita-2", "kita-12", "kita-oaza"}


@pytest.mark.parametrize("address", ["新町3-101", "架空県新町3", "〒100-0001 新町3", "999-0001 新町3"])
def test_a_town_without_its_city_is_asked_back_because_many_cities_have_one(address: str) -> None:
    assert BOOK.find(address) == AddressMatch(Certainty.CONFIRM, ("shinmachi",))


@pytest.mark.parametrize(
    "address",
    ["架空県隣市新町1-1", "東見本市新町1", "別県見本市北浜1", "東京都千代田区千代田1-1", "新町市中央1", "隣市北浜2-1"],
)
def test_an_address_of_another_municipality_is_outside(address: str) -> None:
    assert BOOK.find(address) == AddressMatch(Certainty.OUTSIDE)


@pytest.mark.parametrize("address", ["見本市", "見本市不明町1", "あいうえお", "!?", "1-2-3", "架空県見本市"])
def test_what_names_no_town_is_unknown(address: str) -> None:
    assert BOOK.find(address) == AddressMatch(Certainty.UNKNOWN)


def test_a_city_without_districts_knows_no_address() -> None:
    assert AddressBook(CODES, ()).find("見本市北浜2-14-4") == AddressMatch(Certainty.UNKNOWN)


@given(st.text(max_size=60))
def test_no_text_breaks_the_book(text: str) -> None:
    found = BOOK.find(text)
    assert bool(found.districts) == (found.certainty not in {Certainty.OUTSIDE, Certainty.UNKNOWN})


@given(st.integers(0, 999))
def test_kanji_numerals_are_numbers(value: int) -> None:
    signs = "〇一二三四五六七八九"
    digit_by_digit = "".join(signs[int(digit)] for digit in str(value))
    hundreds, tens, units = value // 100, value // 10 % 10, value % 10
    parts = [("百", hundreds), ("十", tens)]
    counted = "".join(f"{signs[many] if many > 1 else ''}{sign}" for sign, many in parts if many)
    counted += signs[units] if units or not counted else ""
    assert {number(digit_by_digit), number(counted), number(str(value))} == {value}


@pytest.mark.parametrize(("one", "other"), list(permutations(["緑ヶ丘", "緑ケ丘", "緑が丘", " 緑ガ丘"], 2)))
def test_spellings_of_a_name_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)
