"""Names in the reader's script, and what a voice reads."""

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.wording.hangul import hangul
from alerts.wording.phrases import OFFICIAL
from alerts.wording.places import Place, city_name, listed, place_name
from alerts.wording.speech import spoken

PACK = load_pack(bundled("daito"))


@pytest.mark.parametrize(
    ("kana", "korean"),
    [
        ("ダイトウシ", "다이토시"),
        ("オオサカ", "오사카"),
        ("トウキョウ", "도쿄"),
        ("サッポロ", "삿포로"),
        ("シンデンホンマチ", "신덴혼마치"),
        ("ゴクデン5チョウメ", "고쿠덴 5초메"),
        ("ホウジョウ", "호조"),
        ("ツノベチョウ", "쓰노베초"),
        ("キュウシュウ", "규슈"),
    ],
)
def test_kana_become_hangul_as_koreans_write_japanese_names(kana, korean):
    assert hangul(kana) == korean


def test_every_district_of_the_pack_has_its_name_in_every_script(wording):
    for district in PACK.districts:
        place = Place(district.name, district.kana, district.name_en)
        assert place_name(wording.tables["ja"], place) == district.name
        assert place_name(wording.tables["en"], place) == district.name_en
        korean = place_name(wording.tables["ko"], place)
        assert all("가" <= letter <= "힣" or letter in "0123456789 " for letter in korean)
        easy = place_name(wording.tables["ja-Hira"], place)
        assert easy.startswith(f"{district.name}（")
        assert not any("ァ" <= letter <= "ヶ" for letter in easy)


def test_the_city_of_the_pack_is_named_in_every_script(wording):
    assert {language: city_name(table, PACK.codes) for language, table in wording.tables.items()} == {
        "ja": "大東市",
        "ja-Hira": "大東市（だいとうし）",
        "en": "Daito City",
        "zh-Hans": "大东市",
        "zh-Hant": "大東市",
        "ko": "다이토시",
        "vi": "thành phố Daito",
    }


def test_many_names_are_counted(wording):
    places = [Place(name) for name in ("三箇", "深野", "北条")]
    assert listed(wording.tables["ja"], places, 2) == "三箇、深野ほか1か所"
    assert listed(wording.tables["en"], places, 3) == "三箇, 深野, 北条"


def test_a_voice_reads_furigana_once_and_the_city_by_its_kana(wording):
    easy = wording.tables["ja-Hira"]
    assert spoken(easy, ["大東市（だいとうし） 大雨（おおあめ）", "にげて ください。"], {}) == (
        "だいとうし おおあめ。 にげて ください。"
    )
    official = wording.tables[OFFICIAL]
    assert spoken(official, ["【訓練】大東市（北）"], {"大東市": "だいとうし"}) == "訓練です。だいとうし、北。"
