"""What the documents promise about settings, alarms, readiness, commands and addresses is what the code has."""

import re
import shutil
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from click import Group
from compose_file import ROOT

from alerts.service import readiness
from alerts.store.database import Database
from alerts.world import LIVE
from bosai.cli import COMMANDS, main
from bosai.settings import Settings

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def section(title):
    return re.split(r"^## ", OPERATIONS.split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_column(text):
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def as_documented(value):
    if value is None:
        return "–"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def test_the_table_of_settings_is_the_settings():
    rows = [line.split("|")[1:3] for line in section("Settings").splitlines() if line.startswith("| `")]
    documented = {name.strip().strip("`"): default.strip() for name, default in rows}
    fields = Settings.model_fields.items()
    assert documented == {f"BOSAI_{name.upper()}": as_documented(field.default) for name, field in fields}


def test_every_kind_of_alarm_is_explained():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "alerts/service").rglob("*.py"))
    kinds = set(re.findall(r'alarms\.raise_\([^,]+, "(\w+)"', source))
    assert source.count("alarms.raise_(") == len(re.findall(r'alarms\.raise_\([^,]+, "\w+"', source))
    assert set(first_column(section("Alarms"))) == kinds


def test_the_question_for_open_alarms_is_one_the_database_answers(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/live.db", LIVE)
    database.migrate()
    database.dispose()
    (question,) = re.findall(r"```sql\n(.*?)```", section("Alarms"), re.DOTALL)
    with closing(connect(tmp_path / "live.db")) as connection:
        assert connection.execute(question).fetchall() == []


def test_every_check_of_readiness_is_explained():
    source = Path(readiness.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'Check\("(\w+)"', source)) | set(readiness.PARTS)
    explained = set(first_column(section("When it is not ready")))
    assert {name for name in explained if not name.startswith("feed ")} == named


def test_a_backup_made_as_described_holds_what_the_database_held(tmp_path):
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path}/data/live.db", LIVE)
    database.migrate()
    with database.write() as uow:
        uow.alarms.raise_("key", "odd", "text", datetime.now(UTC))
    (command,) = re.findall(r"```sh backup\n(.*?)```", OPERATIONS, re.DOTALL)
    subprocess.run(("/bin/sh", "-ec", command), cwd=tmp_path, check=True)
    database.dispose()
    shutil.move(tmp_path / "live-backup.db", tmp_path / "data/live.db")
    for beside in ("live.db-wal", "live.db-shm"):
        (tmp_path / "data" / beside).unlink(missing_ok=True)
    with database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["odd"]
    database.dispose()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_repository_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) + re.findall(r'src="([^":]+)"', text)
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_heading_that_is_linked_to_is_there(document):
    text = document.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document):
    for name, sub in re.findall(r"`?bosai ([a-z][a-z-]+)(?: ([a-z]+))?", commands_in(document)):
        assert name in COMMANDS, f"{document.name} names bosai {name}"
        command = main.get_command(None, name)
        if isinstance(command, Group) and sub:
            assert sub in command.commands, f"{document.name} names bosai {name} {sub}"


def commands_in(document):
    """What stands in code: prose may say that a bosai container starts."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|text)[^\n]*\n(.*?)```", text, re.DOTALL)
    return "\n".join(blocks + re.findall(r"`(bosai [^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


@pytest.mark.parametrize("name", ["start-desktop.png", "start-phone.png"])
def test_a_picture_is_small_and_shown(name):
    picture = ROOT / "docs/images" / name
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000
    assert f"docs/images/{name}" in README
