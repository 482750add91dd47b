"""`bosai import shelters`: says what a new list changes, and takes it in whole or not at all (city.md §2)."""

import csv
import io
import json

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
def bosai(tmp_path, monkeypatch, no_settings):
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


def test_what_would_change_is_shown_with_reasons_and_nothing_is_written(bosai, listed, new_list):
    done = bosai("import", "shelters", FILE, "--dry-run", "--json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    reasons = said.pop("reasons")
    assert said == {"kind": "emergency_site", "applied": False, "warnings": [], **new_list}
    assert reasons[new_list["retired"][0]] == ["the new list does not have it"]
    assert "m away from where it was" in reasons[new_list["moved"][0]][0]
    assert "→ 新しい名前の公園" in reasons[new_list["changed"][0]][0]
    assert listed() == {}


def test_a_person_reads_the_counts_and_what_to_do_next(bosai, new_list):
    done = bosai("import", "shelters", FILE, "--dry-run")
    assert "1 added, 1 moved, 1 changed, 1 retired" in done.stdout
    assert "without --dry-run it is taken in" in done.stdout


def test_a_list_taken_in_replaces_its_own_kind_and_leaves_the_other_alone(bosai, listed, new_list):
    assert json.loads(bosai("import", "shelters", FILE, "--json").stdout)["applied"] is True
    now = listed()
    assert set(new_list["added"]) <= set(now)
    assert not set(new_list["retired"]) & set(now)
    assert now[new_list["changed"][0]].name == "新しい名前の公園"
    assert {site.id for site in SHELTERS} <= set(now)


def test_taking_a_list_in_twice_changes_nothing_the_second_time(bosai, new_list):
    bosai("import", "shelters", FILE)
    again = json.loads(bosai("import", "shelters", FILE, "--json").stdout)
    assert all(again[name] == [] for name in ("added", "moved", "changed", "retired"))


def test_a_list_with_one_mistake_is_not_taken_in_at_all(bosai, listed, tmp_path):
    rows = [row(site) for site in SITES]
    rows[4]["緯度"] = "34,7"
    (tmp_path / FILE).write_bytes(gsi(rows))
    done = bosai("import", "shelters", FILE)
    assert done.exit_code == 2
    assert "row 6, column 緯度" in done.stderr
    assert listed() == {}


def test_a_list_of_one_place_does_not_take_the_others_away(bosai, listed, tmp_path):
    (tmp_path / FILE).write_bytes(gsi([row(SITES[0])]))
    done = bosai("import", "shelters", FILE)
    assert (done.exit_code, listed()) == (2, {})
    assert "19 of 72 places would be retired" in done.stderr
    assert bosai("import", "shelters", FILE, "--retire-many").exit_code == 0
    assert len(listed()) == 53


def test_a_city_s_own_layout_needs_a_mapping_and_takes_it(bosai, listed, tmp_path):
    lines = ["番号,施設,所在,北緯,東経,洪水"]
    lines += [f"{n},{each.name},{each.address},{each.latitude},{each.longitude},○" for n, each in enumerate(SITES)]
    (tmp_path / "own.csv").write_text("\n".join(lines), encoding="cp932")
    assert "--mapping" in bosai("import", "shelters", "own.csv").stderr
    mapping = """
title = "市の一覧"
[columns]
id = "番号"
name = "施設"
address = "所在"
latitude = "北緯"
longitude = "東経"
[hazards]
flood = "洪水"
[values]
yes = ["○"]
"""
    (tmp_path / "own.toml").write_text(mapping, encoding="utf-8")
    done = bosai("import", "shelters", "own.csv", "--mapping", "own.toml", "--json")
    assert done.exit_code == 0, done.stderr
    assert {site.hazards for site in listed().values() if site.kind is SiteKind.EMERGENCY_SITE} == {("flood",)}
    assert {site.id for site in SITES} <= set(listed())


def test_a_mapping_with_a_mistake_is_one_line_with_its_place(bosai, new_list, tmp_path):
    (tmp_path / "own.toml").write_text("title = 7\n", encoding="utf-8")
    done = bosai("import", "shelters", FILE, "--mapping", "own.toml")
    assert done.exit_code == 2
    assert "own.toml:1: title must be a text" in done.stderr


def test_an_export_taken_in_again_changes_nothing(bosai, listed, tmp_path):
    done = bosai("export", "shelters", ".")
    assert (done.exit_code, "272183_evacuation_space.csv: written" in done.stdout) == (0, True)
    again = json.loads(bosai("import", "shelters", "272183_evacuation_space.csv", "--json").stdout)
    assert (again["unchanged"], again["reasons"]) == (72, {})


def test_r1_a_list_for_drills_stays_in_the_drill_world(bosai, listed, new_list):
    assert bosai("import", "shelters", FILE, "--drill").exit_code == 0
    assert listed() == {}
