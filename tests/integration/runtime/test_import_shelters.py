"""`bosai import shelters`: says what a new list would change, and takes it in only when told to (city.md §2)."""

import csv
import io
import json
import os

import pytest
from click.testing import CliRunner

from alerts.city.pack import bundled, load_pack
from alerts.shelter.site import SITE_HAZARDS, SiteKind
from bosai.cli import main
from bosai.settings import Settings
from bosai.wiring import Worlds

PACK = load_pack(bundled())
SITES = [site for site in PACK.sites if site.kind is SiteKind.EMERGENCY_SITE]
SHELTERS = [site for site in PACK.sites if site.kind is SiteKind.SHELTER]
FILE = "27218_shitei-kinkyu-hinanbasho.csv"


def row(site):
    flags = {name: "1" if hazard in site.hazards else "" for hazard, name in SITE_HAZARDS.items()}
    place = {"住所": site.address, "緯度": site.latitude, "経度": site.longitude}
    return {"共通ID": site.id, "施設・場所名": site.name, **place, **flags, "備考": site.note or ""}


def gsi(rows):
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("cp932")


@pytest.fixture
def bosai(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("BOSAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    assert run(main, ["migrate"]).exit_code == 0
    return lambda *words: run(main, list(words))


@pytest.fixture
def listed():
    """The sites that the service would show now, by id."""

    def look():
        worlds = Worlds(Settings())
        with worlds["live"].database.read() as uow:
            found = {site.id: site for site in uow.sites.list(active=True)}
        worlds.close()
        return found

    return look


@pytest.fixture
def new_list(tmp_path):
    """The first place is gone, the second lies elsewhere, the third has another name, and one is new."""
    gone, moved, renamed, *others = map(row, SITES)
    moved["緯度"] = 34.7123
    renamed["施設・場所名"] = "新しい名前の公園"
    added = {**others[0], "共通ID": "E2721800999210", "施設・場所名": "新しい広場"}
    (tmp_path / FILE).write_bytes(gsi([moved, renamed, *others, added]))
    return {
        "retired": [gone["共通ID"]],
        "moved": [moved["共通ID"]],
        "changed": [renamed["共通ID"]],
        "added": ["E2721800999210"],
        "unchanged": len(others),
    }


def test_what_would_change_is_shown_and_nothing_is_written(bosai, listed, new_list):
    done = bosai("import", "shelters", FILE, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"kind": "emergency_site", "applied": False, **new_list}
    assert listed() == {}


def test_a_person_reads_the_counts_and_what_to_do_next(bosai, new_list):
    done = bosai("import", "shelters", FILE)
    assert "1 added, 1 moved, 1 changed, 1 retired" in done.stdout
    assert "--apply" in done.stdout


def test_a_list_taken_in_replaces_its_own_kind_and_leaves_the_other_alone(bosai, listed, new_list):
    assert json.loads(bosai("import", "shelters", FILE, "--apply", "--json").stdout)["applied"] is True
    now = listed()
    assert set(new_list["added"]) <= set(now)
    assert not set(new_list["retired"]) & set(now)
    assert now[new_list["changed"][0]].name == "新しい名前の公園"
    assert {site.id for site in SHELTERS} <= set(now)


def test_taking_a_list_in_twice_changes_nothing_the_second_time(bosai, new_list):
    bosai("import", "shelters", FILE, "--apply")
    again = json.loads(bosai("import", "shelters", FILE, "--apply", "--json").stdout)
    assert all(again[name] == [] for name in ("added", "moved", "changed", "retired"))


def test_a_list_with_one_mistake_is_not_taken_in_at_all(bosai, listed, tmp_path):
    rows = [row(site) for site in SITES]
    rows[4]["緯度"] = "34,7"
    (tmp_path / FILE).write_bytes(gsi(rows))
    done = bosai("import", "shelters", FILE, "--apply")
    assert done.exit_code == 2
    assert "row 6, column 緯度" in done.stderr
    assert listed() == {}
