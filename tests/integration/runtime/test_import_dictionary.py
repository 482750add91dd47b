"""`bosai import dictionary`: JMA's dictionary as an office may have saved it."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from bosai.cli import main

ROWS = [
    ["日本語", "English", "ポルトガル語"],
    ["大雨危険警報", "Heavy Rain Urgent Warning", "Alerta Grave de Chuva"],
    ["大雨警報", "Heavy Rain Alert", "Alerta de Chuva"],
]


@pytest.fixture
def show():
    return lambda *words: CliRunner().invoke(main, ["import", "dictionary", *map(str, words)])


def excel(path):
    book = Workbook()
    book.active.append(["多言語辞書"])
    sheet = book.create_sheet("気象")
    for row in ROWS:
        sheet.append(row)
    book.save(path)
    return path


def saved(path, encoding):
    text = io.StringIO()
    csv.writer(text).writerows(ROWS)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("layout", ["xlsx", "utf-8-sig", "utf-16", "cp932"])
def test_every_layout_says_the_same(show, tmp_path, layout):
    file = tmp_path / "multilingual.file"
    answer = show(excel(file) if layout == "xlsx" else saved(file, layout), "--json")
    assert answer.exit_code == 0
    said = json.loads(answer.output)
    assert said["languages"] == ["en", "pt"]
    assert [one["key"] for one in said["fills"]] == ["kind.heavy_rain.03", "kind.heavy_rain.43"]
    assert [(one["dictionary"], one["ours"]) for one in said["contradicts"]] == [
        ("Heavy Rain Alert", "Heavy Rain Warning")
    ]
    assert said["same"] == 1


def test_people_read_what_it_would_do_and_that_nothing_was_done(show, tmp_path):
    answer = show(excel(tmp_path / "d.xlsx"))
    assert "pt: 2 fills, 0 changes, 0 contradicts" in answer.output
    assert (
        "contradicts en kind.heavy_rain.03 レベル３大雨警報: Heavy Rain Alert; ours: Heavy Rain Warning"
        in answer.output
    )
    assert "no phrase table was changed" in answer.output


def test_a_language_without_table_is_written_once(show, tmp_path):
    file = excel(tmp_path / "d.xlsx")
    assert show(file, "--write", tmp_path / "out").exit_code == 0
    assert 'heavy_rain."43" = "Alerta Grave de Chuva"' in (tmp_path / "out/pt/kinds.toml").read_text()
    again = show(file, "--write", tmp_path / "out")
    assert again.exit_code == 2
    assert "is there already; name another folder" in again.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 not a workbook", "is no Excel workbook"),
        (b"\x81\x20\x81", "is neither UTF-8, UTF-16 nor Shift_JIS"),
        ("大雨警報,Heavy Rain Warning".encode(), "expected 日本語 and another language"),
    ],
)
def test_what_is_no_dictionary_is_refused_in_one_line(show, tmp_path, content, message):
    file = tmp_path / "odd"
    file.write_bytes(content)
    answer = show(file)
    assert answer.exit_code == 2
    assert message in answer.output


def test_a_file_that_is_not_there_is_bad_input(show, tmp_path):
    assert "name an .xlsx or .csv file that exists" in show(tmp_path / "nothing.xlsx").output
