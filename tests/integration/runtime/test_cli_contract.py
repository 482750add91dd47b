"""Exit status and error lines: 0 done, 1 failed, 2 wrong usage or bad input, said in one line (contract.md)."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from alerts.city.pack import bundled
from alerts.store.database import Database
from alerts.world import DRILL, LIVE
from bosai.cli import COMMANDS, main


@pytest.fixture
def bosai(tmp_path, monkeypatch, no_settings):
    """Runs the command in an empty folder, with the settings given and no others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOSAI_DATA", "data")
    return lambda *words, **settings: CliRunner(env=settings).invoke(main, [str(word) for word in words])


def only_line(text):
    assert text.count("\n") == 1, text
    return text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing command"),
        (("nonsense",), "nonsense"),
        (("explain",), "FILES"),
        (("explain", "--colour", "x"), "--colour"),
        (("explain", "missing.xml"), "missing.xml"),
        (("serve", "--port", "eighty"), "eighty"),
        (("serve", "--drill", "typhoon"), "storm"),
        (("drill", "start", "typhoon"), "storm"),
        (("run", "everything"), "everything"),
        (("fake-fcm", "--fault", "rain=1"), "unregistered"),
        (("import", "shelters", "missing.csv"), "missing.csv"),
        (("outbox", "--limit", "0"), "--limit"),
        (("rebuild", "--vpws50", "missing.xml"), "missing.xml"),
        (("rebuild", "--vpws50", __file__), "XML"),
        (("rebuild", "--from-store", "--vpws50", __file__), "choose one"),
        (("held", "--drills", "--read-again"), "--read-again"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_is_one_line_and_status_2(bosai, words, said):
    done = bosai(*words)
    assert done.exit_code == 2
    assert said in only_line(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize("words", [("serve",), ("check",), ("migrate",), ("outbox",), ("drill", "list"), ("held",)])
def test_a_setting_that_cannot_be_used_is_one_line_and_status_2(bosai, words):
    done = bosai(*words, BOSAI_PORT="eighty")
    assert done.exit_code == 2
    assert "BOSAI_PORT=eighty" in only_line(done.stderr)


@pytest.mark.parametrize("words", [("serve",), ("check",), ("drill", "list")])
def test_a_bad_city_pack_is_said_with_file_and_line(bosai, tmp_path, words):
    city = tmp_path / "city.toml"
    city.write_text('[city]\nname = "試験市"\ncode = 27218\n', encoding="utf-8")
    done = bosai(*words, BOSAI_CITY=str(city))
    assert done.exit_code == 2
    assert "city.toml:3" in only_line(done.stderr)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(bosai, name):
    done = bosai(name, "--help")
    assert done.exit_code == 0
    assert f" {name} " in done.stdout.splitlines()[0]
    assert done.stderr == ""


def test_work_that_failed_is_status_1(bosai):
    done = bosai("outbox")
    assert done.exit_code == 1
    assert "migrate" in only_line(done.stderr)


def test_a_key_that_is_none_is_said_before_anything_starts(bosai, tmp_path):
    (tmp_path / "key.json").write_text("{}")
    done = bosai("serve", BOSAI_FIREBASE_KEY="key.json")
    assert done.exit_code == 2
    assert "key.json" in only_line(done.stderr)


def test_check_names_every_part_of_a_machine_on_which_nothing_runs_yet(bosai):
    done = bosai("check", "--json")
    answer = json.loads(only_line(done.stdout))
    assert (done.exit_code, answer["ok"], answer["problems"]) == (0, True, [])
    assert [check["name"] for check in answer["checks"]] == [
        "city",
        "wording",
        "data folder",
        "secret key",
        "bundle key",
        "live database",
        "drill database",
        "broker",
        "push",
        "drill push",
        "feeds",
        "live e-mail",
        "live webhooks",
        "drill e-mail",
        "drill webhooks",
    ]


def test_check_writes_nothing(bosai, tmp_path):
    bosai("check")
    assert list(tmp_path.iterdir()) == []


def test_check_says_what_production_lacks(bosai):
    done = bosai("check", "--json", BOSAI_ENVIRONMENT="production", BOSAI_REDIS_URL="redis://127.0.0.1:1/0")
    failed = {check["name"] for check in json.loads(done.stdout)["checks"] if check["state"] == "failed"}
    assert done.exit_code == 1
    assert {"secret key", "broker", "push"} <= failed


def test_check_finds_a_misspelt_setting(bosai):
    done = bosai("check", BOSAI_PROT="1")
    assert done.exit_code == 1
    assert "BOSAI_PROT" in done.stdout


def test_check_tells_whether_one_part_works(bosai, tmp_path):
    assert bosai("check", "--part", "push").exit_code == 1
    bosai("migrate")
    assert "no sign of life" in bosai("check", "--part", "push").stdout
    database = Database(f"sqlite:///{tmp_path}/data/live.db", LIVE)
    for ago, status in ((timedelta(minutes=2), 1), (timedelta(0), 0)):
        with database.write() as uow:
            uow.heartbeats.beat("push", datetime.now(UTC) - ago)
        assert bosai("check", "--part", "push").exit_code == status
    database.dispose()


@pytest.fixture
def alarmed(bosai, tmp_path):
    """Raises alarms in a migrated world."""
    bosai("migrate")

    def raise_(world, *kinds):
        database = Database(f"sqlite:///{tmp_path}/data/{world.name}.db", world)
        with database.write() as uow:
            for number, kind in enumerate(kinds):
                uow.alarms.raise_(f"{kind}:{number}", kind, f"{kind} happened", datetime.now(UTC))
        database.dispose()

    return raise_


def test_check_lists_the_open_alarms_of_both_worlds(bosai, alarmed):
    alarmed(LIVE, "held", "odd")
    alarmed(DRILL, "stuck")
    done = bosai("check")
    assert done.exit_code == 0
    assert "live alarms     open: 1 held, 1 odd" in done.stdout
    lines = [line.partition(",")[0] for line in done.stdout.splitlines() if line.endswith(" happened")]
    assert sorted(lines) == ["drill stuck", "live held", "live odd"]
    answer = json.loads(only_line(bosai("check", "--json").stdout))
    assert sorted((alarm["world"], alarm["kind"]) for alarm in answer["alarms"]) == [
        ("drill", "stuck"),
        ("live", "held"),
        ("live", "odd"),
    ]
    assert {check["name"]: check["state"] for check in answer["checks"]}["live alarms"] == "look"


def test_check_fails_where_pushes_do_not_end_or_the_clock_is_wrong(bosai, alarmed):
    alarmed(LIVE, "clock")
    assert bosai("check").exit_code == 1


def test_check_lists_no_more_of_a_flood_than_can_be_read(bosai, alarmed):
    alarmed(LIVE, *["held"] * 60)
    lines = bosai("check").stdout.splitlines()
    assert sum(line.endswith("held happened") for line in lines) == 50
    assert lines[-1].startswith("live: 10 older alarms")


def test_check_lists_a_bad_pack_as_json_too(bosai, tmp_path):
    (tmp_path / "city.toml").write_text("[city]\n", encoding="utf-8")
    done = bosai("check", "--json", BOSAI_CITY=str(tmp_path / "city.toml"))
    answer = json.loads(only_line(done.stdout))
    assert done.exit_code == 2
    assert answer["problems"][0]["file"].endswith("city.toml")


def test_migrate_makes_both_databases_and_may_be_repeated(bosai):
    assert bosai("migrate").exit_code == 0
    assert bosai("migrate").exit_code == 0
    checks = json.loads(bosai("check", "--json").stdout)["checks"]
    assert {c["state"] for c in checks if c["name"].endswith("database")} == {"ok"}
    assert bosai("outbox", "--json").stdout == ""


def test_r1_the_drill_database_is_never_opened_as_the_live_one(bosai, tmp_path):
    bosai("migrate")
    done = bosai("migrate", BOSAI_DATABASE_URL=f"sqlite:///{tmp_path}/data/drill.db")
    assert done.exit_code == 1
    assert "drill world" in only_line(done.stderr)


def test_a_drill_needs_no_running_service_to_be_listed(bosai):
    assert "storm" in json.loads(bosai("drill", "list", "--json").stdout)["drills"]


def test_the_status_reaches_the_shell(tmp_path):
    command = (sys.executable, "-m", "bosai", "nonsense")
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nonsense" in only_line(done.stderr)


def test_explain_starts_without_loading_the_service():
    script = "import sys, bosai.cli.explain; print(sorted({'celery', 'sqlalchemy', 'fastapi'} & set(sys.modules)))"
    done = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_a_pack_with_a_crooked_shape_is_refused_with_its_line(bosai, tmp_path):
    city = tmp_path / "city"
    shutil.copytree(bundled(), city)
    shapes = json.loads((city / "polygons.geojson").read_text(encoding="utf-8"))
    ring = shapes["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    (city / "polygons.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    done = bosai("check", BOSAI_CITY=str(city))
    assert done.exit_code == 2
    assert f"polygons.geojson:1: {shapes['features'][0]['id']}: the shape is not valid" in only_line(done.stderr)
