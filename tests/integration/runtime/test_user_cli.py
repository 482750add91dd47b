"""`bosai user` and `bosai audit`: the first way in, the last one, and the book (issue 8.10, 8.11)."""

import json
import os
from contextlib import closing
from sqlite3 import connect

import pytest
from click.testing import CliRunner

from bosai.cli import main
from bosai.settings import Settings
from bosai.startup import migrate

SATO = ("add", "sato", "--name", "佐藤", "--role", "administrator", "--role", "approver")


@pytest.fixture
def bosai(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("BOSAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOSAI_DATA", str(tmp_path / "data"))
    migrate(Settings(data=tmp_path / "data", feeds=False))
    return lambda *words: CliRunner().invoke(main, words)


def test_the_first_administrator_gets_a_code_for_the_first_page(bosai):
    assert "nobody can log in yet" in bosai("user", "list").output
    made = json.loads(bosai("user", *SATO, "--json").output)
    assert (made["login"], made["page"], made["minutes"]) == ("sato", "/office/welcome", 72 * 60)
    assert len(made["code"].replace("-", "")) == 16


def test_r24_the_list_says_who_can_be_reached_and_who_has_practised(bosai):
    bosai("user", *SATO)
    answer = bosai("user", "list")
    assert "佐藤: administrator, approver; last here never; practice overdue" in answer.output
    assert "0 approvers can be reached now; 2 are needed (R24)" in answer.output
    assert json.loads(bosai("user", "list", "--json").output)["roles"] == ["administrator", "approver"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (SATO, "somebody has this login name"),
        (("add", "佐藤", "--name", "佐藤", "--role", "viewer"), "a login name has 3 to 40"),
        (("add", "mori", "--name", " ", "--role", "viewer"), "--name must say who it is"),
        (("add", "mori", "--name", "森", "--role", "king"), "king"),
        (("reset", "mori"), "nobody has this login name"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_what_to_do(bosai, words, said):
    bosai("user", *SATO)
    answer = bosai("user", *words)
    assert (answer.exit_code, said in answer.stderr, answer.stderr.count("\n")) == (2, True, 1)


def test_a_reset_gives_another_code(bosai):
    first = json.loads(bosai("user", *SATO, "--json").output)["code"]
    again = json.loads(bosai("user", "reset", "sato", "--json").output)
    assert again["code"] != first
    assert again["page"] == "/office/welcome"  # there is no password yet


def test_the_book_is_checked_and_a_changed_entry_fails_it(bosai, tmp_path):
    bosai("user", *SATO)
    found = json.loads(bosai("audit", "check", "--json").output)
    assert (found["ok"], found["entries"]) == (True, 2)
    assert bosai("audit", "check", "--head", found["head"]).exit_code == 0
    with closing(connect(tmp_path / "data/live.db")) as connection:
        connection.execute("UPDATE audit SET who = 'nobody' WHERE number = 2")
        connection.commit()
    answer = bosai("audit", "check")
    assert answer.exit_code == 1
    assert "entry 2 is not what was written" in answer.output


def test_a_head_that_was_noted_and_is_in_no_chain_fails_the_check(bosai):
    bosai("user", *SATO)
    assert bosai("audit", "check", "--head", f"2:{'a' * 64}").exit_code == 1
    assert bosai("audit", "check", "--head", "nonsense").exit_code == 2


def test_the_book_is_written_as_a_table_and_never_over_a_file(bosai, tmp_path):
    bosai("user", *SATO)
    file = tmp_path / "audit.csv"
    assert bosai("audit", "export", str(file)).exit_code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3
    assert bosai("audit", "export", str(file)).exit_code == 2
    assert bosai("audit", "export", str(tmp_path / "drill.csv"), "--drill").exit_code == 0
