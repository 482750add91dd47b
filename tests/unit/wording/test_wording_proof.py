"""The build-time proof finds nothing in the bundled tables, and finds every way to break them."""

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.wording.phrases import Review, TableError
from alerts.wording.proof import problems, problems_of
from alerts.wording.tables import Wording

OFFICIAL_SOURCES = {
    "jma-kinds",
    "jma-dictionary",
    "jma-telegrams",
    "jma-earth",
    "cabinet-levels",
    "cabinet-orders",
    "cabinet-plain",
    "basic-act",
}
CLASS_WORDS = {  # jma.md §4: how JMA's dictionary names the classes
    "ja": {"33": "特別警報", "43": "危険警報", "03": "警報", "10": "注意報"},
    "en": {"33": "Emergency Warning", "43": "Urgent Warning", "03": "Warning", "10": "Advisory"},
    "zh-Hans": {"33": "特别警报", "43": "危险警报", "03": "警报", "10": "注意报"},
    "zh-Hant": {"33": "特別警報", "43": "危險警報", "03": "警報", "10": "注意報"},
    "ko": {"33": "특별 경보", "43": "위험 경보", "03": "경보", "10": "주의보"},
    "vi": {"33": "Cảnh báo đặc biệt", "43": "Cảnh báo khẩn cấp", "03": "Cảnh báo", "10": "Thông tin lưu ý"},
}
HEAVY_RAIN = {"ja": "大雨", "en": "Heavy Rain ", "zh-Hans": "大雨", "zh-Hant": "大雨", "ko": "호우 ", "vi": " mưa to"}


@pytest.fixture
def broken(language_files):
    """Problems after one text of one language file was replaced."""

    def problems_with(language, old, new):
        own = {name: text for name, text in language_files.items() if name.startswith((f"{language}.", f"{language}/"))}
        name = next(name for name in sorted(own, key=len) if old in own[name])
        return problems_of(Wording.parse(language_files | {name: own[name].replace(old, new, 1)}), language)

    return problems_with


def test_r3_every_kind_is_said_rightly_in_every_language(wording):
    assert problems(wording) == []


@pytest.mark.no_cover
def test_the_wording_fits_the_bundled_city_and_its_matching_rules(wording):
    pack = load_pack(bundled("daito"))
    assert pack.matching.because_keys
    assert problems(wording, pack.codes, pack.matching.because_keys) == []


@pytest.mark.parametrize("language", CLASS_WORDS)
def test_classes_are_named_as_in_jmas_dictionary(wording, language):
    for code, word in CLASS_WORDS[language].items():
        name = wording.tables[language].phrases[f"kind.heavy_rain.{code}"].text
        assert sorted(name.replace(" ", "")) == sorted(
            (f"レベル{'５４３２'[['33', '43', '03', '10'].index(code)]}" if language == "ja" else "")
            + (HEAVY_RAIN[language] + word).replace(" ", "")
        )
        assert word in name


def test_every_phrase_names_a_source_and_only_terms_of_jma_and_the_cabinet_are_official(wording):
    for table in wording.tables.values():
        official = {phrase.source for phrase in table.phrases.values() if phrase.review is Review.OFFICIAL}
        assert official <= OFFICIAL_SOURCES
        assert all(phrase.source in table.sources for phrase in table.phrases.values())


@pytest.mark.no_cover  # a whole proof for each: minutes if they were traced
@pytest.mark.parametrize(
    ("language", "old", "new", "finding"),
    [
        ("en", '43 = "Heavy Rain Urgent Warning"', '43 = "Heavy Rain Emergency Warning "', "names a class of rank [5]"),
        ("en", '49 = "Landslide Urgent', '49 = "Landslide Special', "names a class of rank [3]"),
        ("ja", '"レベル４大雨危険警報"', '"レベル４大雨特別警報"', "names a class of rank [5]"),
        ("ja", '"レベル４大雨危険警報"', '"レベル５大雨危険警報"', "says level [4, 5], expected [4]"),
        ("ja", '"レベル４大雨危険警報"', '"レベル４豪雨危険警報"', "is not JMA's レベル４大雨危険警報"),
        ("en", '4 = "Alert Level 4 equivalent"', '4 = "Alert equivalent"', "says level [], expected [4]"),
        ("en", '05 = "Storm Warning"', '05 = "Level 3 Storm Warning"', "says level [3], expected []"),
        ("en", '05 = "Storm Warning"', '05 = "Snowstorm Warning"', "names 2 kinds"),
        ("en", '05 = "Storm Warning"', '05 = "Storm Wind"', "does not name the class of rank 3"),
        ("en", '10 = "Heavy Rain Advisory"', "", "kind.heavy_rain.10: the phrase is missing"),
        ("en", '2 = "Beware of landslides n', '8 = "Beware of landslides n', "action.landslide.2: the phrase is"),
        ("en", "{city} has ended", "{town} has ended", "nothing fills the placeholder {town}"),
        ("en", "{city} has ended", "{city has ended", "expected '}'"),
        ("en", "Get away from the coast now.", "Get away from the coast now {{}}.", "has an unfilled placeholder"),
        ("en", "Alert Level 4 equivalent", "Alert Level ４ equivalent", "has '４', which is not Latn"),
        ("en", "Avoid leisure", "釣り", "which is not Latn"),
        ("ja", "海のレジャーや釣り", "海のleisureや釣り", "which is not Jpan"),
        ("ja", "避難情報を確認し、低い", "避難指示を確認し、低い", "says what only the city may order, 避難指示"),
        ("en", "Drive slowly", "This is an evacuation order", "says what only the city may order"),
        ("ja", 'mark = "【訓練】"', 'mark = "【演習】"', "the title does not begin with 訓練"),
        ("zh-Hans", '43 = "大雨危险警报"', '43 = "大雨特别警报 "', "names a class of rank [5]"),
        ("zh-Hant", "{city}發布的疏散資訊，從低窪", "{city}发布的疏散资讯，从低洼", "has '发', which is not Hant"),
        ("zh-Hans", "请继续留意今后的气象信息", "請繼續留意今後的氣象信息", "has '請', which is not Hans"),
        ("zh-Hant", "雨停後地面", "雨停后地面", "has '后', which is not Hant"),
        ("ko", '4 = "경계 레벨 4 상당"', '4 = "경계 레벨 5 상당"', "says level [4, 5], expected [4]"),
        ("ko", '43 = "호우 위험 경보"', '43 = "호우 위험 특별 경보"', "names a class of rank [5], not [4]"),
        ("ko", "창문에서 떨어져 계세요", "stay away", "which is not Kore"),
        ("ko", "레벨 {level} {kind}", "레벨 ４ {kind}", "which is not Kore"),
        ("vi", '43 = "Cảnh báo khẩn cấp mưa to"', '43 = "Cảnh báo đặc biệt mưa"', "names a class of rank [5]"),
        ("vi", '4 = "tương đương Mức cảnh giác 4"', '4 = "tương đương Mức cảnh báo 4"', "names a class of rank [3]"),
        ("vi", 'Cảnh báo khẩn cấp sạt lở đất", "', 'Báo động sạt lở đất", "', "words that the official"),
        ("ja-Hira", "すぐに じぶんを まもって", "直ちに じぶんを まもって", "'直' without furigana"),
        ("ja-Hira", "レベル{level} {kind}", "レベル５ {kind}", "which is not Hira"),
        ("en", '"On your way home', '"令和 On your way home', "which is not Latn"),
        ("ja", "自宅へ戻るときは", "令和８年、自宅へ戻るときは", "counts years by the Japanese era, 令和"),
        ("en", '" (" = ", "', '" [" = ", "', "which a voice cannot read"),
        ("en", "L4: Evacuation Order", "L5: Evacuation Order", "says level [5], expected [4]"),
        ("zh-Hans", '"警戒等级4 避难指示"', '"警戒等级4 紧急确保安全"', "names another order"),
        ("ko", 'evacuation_order = "위험한', 'order = "위험한', "action.evacuation_order: the phrase is missing"),
        ("vi", '"{names} và {count} nơi khác"', '"{names} và {number} nơi khác"', "nothing fills the placeholder"),
        ("en", 'note = "DRILL, not real."', 'note = "Not real."', "the body does not begin with DRILL"),
        ("ja", 'end = ["【解除】', 'end = ["【訓練】', "says 訓練 outside a drill"),
        ("en", "{stated} for {city} has ended.", "{stated} for {city}." * 20, "the body is longer than 300 characters"),
        ("en", '"Ended: {topic}"', '"This has now ended: {topic}"', "the title is longer than 40 characters"),
        ("ja", '"大津波警報"', '"津波警報"', "'津波警報' names 2 kinds"),
        ("ja", "の沿岸に{stated}を発表しました", "の沿岸に津波警報を出しました", "names a kind of rank [0, 3], not 5"),
        ("ja", "海の中や海岸にいる方", "津波警報です。海岸にいる方", "names a class of rank [3], not [2]"),
        ("ja", "{city}周辺の揺れは{stated}です", "{city}周辺で強い揺れです", "the body does not name the kind"),
        ("ja", "今後３時間以内に", "レベル４相当です。今後３時間以内に", "says level [4], expected []"),
        ("ja", '"震度５強"', '"震度５弱"', "'震度５弱' names 2 kinds"),
        ("ja", 'level4 = "レベル４氾濫危険警報"', 'level4 = "レベル４氾濫警報"', "names a class of rank [3]"),
        ("en", "120 = [", "121 = [", "kind.nankai_trough.120: the phrase is missing"),
        ("ja", 'alert = "熱中症警戒アラート"', "", "kind.heat.alert: the phrase is missing"),
        ("ja", "5 = \"海岸や", "6 = \"海岸や", "action.tsunami.5: the phrase is missing"),
        ("en", '_source = "cabinet-levels"', '_source = "somebody"', "the source 'somebody' is not among [sources]"),
    ],
)  # fmt: skip
def test_a_broken_table_is_caught(broken, language, old, new, finding):
    found = broken(language, old, new)
    assert any(finding in problem for problem in found), found[:5]
    assert all(problem.startswith(f"{language}: ") for problem in found if "missing" not in problem)


def test_a_phrase_that_stands_in_two_files_of_a_language_is_refused(language_files):
    more = {"en/more.toml": '[sources]\n[phrases]\n_source = "project"\n_review = "unreviewed"\nothers = "Others."\n'}
    with pytest.raises(TableError, match=r"^en/more\.toml: others: stands in another file of the language too$"):
        Wording.parse(language_files | more)


def test_phrases_without_their_language_are_refused(language_files):
    alone = {"en/weather.toml": language_files["en/weather.toml"]}
    with pytest.raises(TableError, match=r"^en/weather\.toml: there is no en\.toml to add it to$"):
        Wording.parse(alone)


def test_an_end_that_reads_like_a_retraction_is_caught(language_files):
    lines = language_files["en.toml"].splitlines()
    end = next(line for line in lines if line.startswith('end = "JMA'))
    after = next(line for line in lines if line.startswith('any = "Keep an eye'))
    as_the_end = {'retract = "Our': end.replace("end", "retract", 1), "others = ": after.replace("any", "others", 1)}
    same = [next((new for old, new in as_the_end.items() if line.startswith(old)), line) for line in lines]
    found = problems_of(Wording.parse(language_files | {"en.toml": "\n".join(same)}), "en")
    assert any("retract: says the same as end" in problem for problem in found)


def test_a_reason_without_words_is_caught(wording):
    found = problems_of(wording, "vi", because=["landslide_hillside", "near_the_volcano"])
    assert found == ["vi: because.near_the_volcano: the phrase is missing"]


def test_a_missing_official_table_is_caught(language_files):
    assert problems(Wording.parse({"en.toml": language_files["en.toml"]})) == ["ja: the official table is missing"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('33 = "Heavy Rain Emergency Warning"', '33 = ""', "kind.heavy_rain.33: expected a text"),
        ('33 = "Heavy Rain Emergency Warning"', "33 = 5", "kind.heavy_rain.33: expected a text"),
        ('33 = "Heavy Rain Emergency Warning"', "33 = []", "kind.heavy_rain.33: expected a text"),
        ('_source = "project"\n_review = "unreviewed"\nothers', "others", "_source and _review"),
        ('_review = "official"', '_review = "perfect"', "official, reviewed, unreviewed"),
        ('tag = "en"', "", "the key 'tag' is missing"),
        ("[language]", "[language", "not TOML"),
    ],
)
def test_a_table_that_is_not_built_as_one_is_refused_with_its_file(language_files, old, new, message):
    text = language_files["en.toml"]
    assert old in text
    with pytest.raises(TableError, match=r"^en\.toml: ") as refused:
        Wording.parse({"en.toml": text.replace(old, new, 1)})
    assert message in str(refused.value)
