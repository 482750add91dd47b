"""`bosai explain` says to an officer, in sentences, what a telegram would do and why (contract.md, explain)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from alerts.city.pack import bundled, load_pack
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import InfoType, Status
from bosai.cli import main

OWN = Path(__file__).parents[2] / "telegrams"
PACK = load_pack(bundled())
AT = datetime(2026, 9, 1, 3, 5, tzinfo=UTC)


@pytest.fixture
def said(tmp_path):
    """The sentences about one file; the last line is the reason in the service's own terms."""

    def explain(raw, name):
        file = tmp_path / name
        file.write_bytes(raw)
        done = CliRunner().invoke(main, ["explain", str(file)])
        assert done.exit_code == 0, done.output
        path, sentences, reason = done.output.splitlines()
        assert path == str(file)
        assert reason.startswith("  [")
        return sentences.strip()

    return explain


@pytest.fixture
def warned(said):
    def explain(kind, *stated, edit=lambda raw: raw, **how):
        items = {PACK.codes.municipality: stated} if stated else {}
        raw = compose_warning(kind, lone_city(PACK.codes, "大阪管区気象台"), items, AT, **how)
        return said(edit(raw), f"20260901030500_0_{kind}_270000.xml")

    return explain


def test_a_warning_is_said_with_whom_it_would_reach_and_how_loudly(warned):
    assert warned("VPWW56", Stated("49")) == (
        "2026年9月1日12時05分に発表した「気象警報・注意報（Ｒ０６）（土砂）」（VPWW56）です。"
        "大東市について、「レベル４土砂災害危険警報」を伝えています。"
        "「レベル４土砂災害危険警報」は、まだ知らせていなければ、大東市の全域に最も緊急の通知（おやすみ時間でも鳴ります）で知らせます。"
    )


@pytest.mark.parametrize(
    ("kind", "stated", "ending"),
    [
        ("VPWW55", Stated("03"), "大東市の全域に緊急の通知（音が鳴ります）で知らせます。"),
        ("VPWW61", Stated("14"), "大東市の全域にふつうの通知（希望した人だけに届きます）で知らせます。"),
        (
            "VPWW55",
            Stated("10", "解除", "10"),
            "大東市の「レベル２大雨注意報」は、解除または終了になりました。前に知らせた人にだけ、そのことを知らせます。",
        ),
    ],
)
def test_the_end_of_the_sentence_says_what_is_done(warned, kind, stated, ending):
    assert warned(kind, stated).endswith(ending)


def test_several_warnings_with_one_urgency_are_one_sentence(warned):
    assert warned("VPWW61", Stated("14"), Stated("20")).endswith(
        "大東市について、「雷注意報」「濃霧注意報」を伝えています。"
        "「濃霧注意報」「雷注意報」は、まだ知らせていなければ、"
        "大東市の全域にふつうの通知（希望した人だけに届きます）で知らせます。"
    )


def test_where_nothing_is_in_force_only_who_was_told_hears_of_it(warned):
    assert warned("VPWW55").endswith(
        "大東市に当てはまる警報や情報はありません。"
        "前に知らせたものがあれば、受け取った人にだけ、終わったことを知らせます。"
    )


def test_a_retraction_reaches_only_who_got_what_it_takes_back(warned):
    said = warned("VPWW56", Stated("49"), info_type=InfoType.RETRACTION)
    assert "12時05分に取り消した" in said
    assert said.endswith("前の発表を受け取った人にだけ、取り消されたことを知らせます。")


@pytest.mark.parametrize(("status", "word"), [(Status.EXERCISE, "訓練"), (Status.TEST, "試験")])
def test_r1_a_drill_is_said_to_reach_no_resident(warned, status, word):
    said = warned("VPWW56", Stated("49"), status=status)
    assert f"ただし{word}の電文なので、担当者に見せるだけで、住民には何も知らせません。" in said
    assert said.endswith("本物であれば、大東市についての「レベル４土砂災害危険警報」として扱う内容です。")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<Code>49</Code>", "<Code>99</Code>", "大東市の欄に、表にない種別コード99があるので"),
        ("<Status>通常</Status>", "<Status>本番</Status>", "通常、訓練、試験のどれなのかが分からないので"),
        (
            "<InfoType>発表</InfoType>",
            "<InfoType>続報</InfoType>",
            "発表、訂正、遅延、取消のどれなのかが分からないので",
        ),
    ],
)
def test_r16_what_is_held_is_said_with_what_is_not_understood(warned, old, new, why):
    def edit(raw):
        assert old.encode() in raw
        return raw.replace(old.encode(), new.encode())

    said = warned("VPWW56", Stated("49"), edit=edit)
    assert f"{why}、保留して担当者に警報を出します。" in said
    assert said.endswith("担当者が確かめるまで、住民には何も知らせません。")


def test_r16_beside_what_is_held_the_understood_is_told(warned):
    def edit(raw):
        return raw.replace(b"<Code>20</Code>", b"<Code>77</Code>")

    said = warned("VPWW61", Stated("14"), Stated("20"), edit=edit)
    assert "表にない種別コード77があるので、保留して担当者に警報を出します。分かる部分だけを使います。" in said
    assert said.endswith("ふつうの通知（希望した人だけに届きます）で知らせます。")


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (
            b"<Report/>",
            "x.xml",
            "種類の分からない電文です。気象庁の電文として読み取れない部分があります。"
            "このサービスが知らない種類なので、保留して担当者に警報を出します。担当者が確かめるまで、住民には何も知らせません。",
        ),
        (
            b"<Report",
            "20260901030500_0_VPWW55_270000.xml",
            "VPWW55の電文です。気象庁の電文として読み取れない部分があります。"
            "必要な項目がないか、壊れているので、保留して担当者に警報を出します。担当者が確かめるまで、住民には何も知らせません。",
        ),
    ],
)
def test_what_is_no_telegram_is_said_to_be_held(said, raw, name, expected):
    assert said(raw, name) == expected


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("VPFG50", "アプリに表示するだけで、通知はしない種類です。"),
        ("VZSE40", "気象庁からの事務連絡なので、担当者にだけ見せます。通知はしません。"),
        ("VYSE51", "は、市の決まりで通知しないことになっているので、アプリに表示するだけです。"),
    ],
)
def test_what_is_not_pushed_is_said_to_be_shown_and_to_whom(said, kind, ending):
    (file,) = OWN.glob(f"*_{kind}_*")
    assert said(file.read_bytes(), file.name).endswith(ending)


@pytest.mark.parametrize("file", sorted(OWN.glob("*.xml")), ids=lambda file: file.name)
def test_every_kind_of_telegram_is_said_in_whole_sentences(said, file):
    sentences = said(file.read_bytes(), file.name)
    assert sentences.endswith("。")
    assert sentences.count("。") >= 2
    assert not {"None", "{", "live", "display", "ignore"} & set(sentences.split("（"))
