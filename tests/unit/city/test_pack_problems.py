"""A malformed pack is refused with file, line and what is expected (issue 2, Bad input)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.city.pack import PackError, PackProblem, load_pack

Edit = Callable[[str, str, str], list[PackProblem]]

MISTAKES = [  # file, text in it, what a person made of it, what the problem must say
    ("city.toml", 'code = "27218"', "code = 27218", "code must be a string of 5 digits in quotes; found 27218"),
    ("city.toml", 'class10 = "270000"', 'class10 = "27000"', "class10 must be a string of 6 digits"),
    ("city.toml", 'municipality = "2721800"', 'municipality = "1621800"', "are of two prefectures"),
    ("city.toml", 'name_en = "Daito City"', 'name_eng = "Daito City"', "unknown key 'name_eng'"),
    ("city.toml", 'name = "大東市"', 'name = ""', "name must be a text that is not empty"),
    ("city.toml", '"city.daito.lg.jp"', '"https://city.daito.lg.jp/"', "is no domain in small letters"),
    ("city.toml", '"860604000102"', '"86060400010"', "rivers must be a string of 12 digits"),
    ("city.toml", "[jma]", "[jma", "is not TOML"),
    ("districts.csv", "27218-akai-2,", "27218-akai-1,", "stands here a second time"),
    ("districts.csv", "34.708576,135.61982", "135.61982,34.708576", "latitude must be a number from 20 to 46"),
    ("districts.csv", "34.708576,", "34.708576,extra,", "has 8 cells; 7 are expected"),
    ("districts.csv", "id,name,kana", "id,name,reading", "column kana is missing"),
    ("districts.csv", "5740046", "574-0046", "must be seven digits without a hyphen"),
    ("districts.csv", "27218-akai-1,赤井一丁目", "27218 赤井,赤井一丁目", "must hold only a-z, 0-9"),
    ("districts.csv", "赤井一丁目", '"赤井一丁目', "is not CSV"),
    ("groups.csv", "hazard_zone:lowland,27218-akai-1", "hazard_zone:low,27218-akai-1", "'hazard_zone:low' is unknown"),
    ("groups.csv", "elementary:haizuka,27218-sanyocho", "elementary:haizuka,27218-x", "'27218-x' is unknown"),
    ("groups.csv", "27218-sanyocho,inferred", "27218-sanyocho,guessed", "basis must be one of sourced, inferred"),
    ("groups.csv", "elementary:haizuka,27218-haizuka-1", "elementary:haizuka,27218-sanyocho", "a second time"),
    ("layers.toml", 'provenance = "derived"', 'provenance = "certain"', "one of official, derived, inferred"),
    ("layers.toml", 'id = "elementary"', 'id = "town"', "layer town stands here a second time"),
    ("layers.toml", "valid_from = 2024-01-15", 'valid_from = "2024-01-15"', "must be a date without quotes"),
    ("layers.toml", "valid_from = 2024-01-15", "valid_from = 2024-01-15\nvalid_to = 2023-01-15", "lies before"),
    ("layers.toml", 'name = "中学校区"', 'name = "小学校区"', "at the same time as layer elementary of the same name"),
    ("layers.toml", 'source = "school_districts"', 'source = "hearsay"', "source 'hearsay' is unknown"),
    ("layers.toml", "lowland = {", 'swamp = { name = "沼", name_en = "Swamp" }\nlowland = {', "has no district"),
    ("rules.toml", '"hazard_zone:foothill_edge"]', '"hazard_zone:edge"]', "group 'hazard_zone:edge' is unknown"),
    ("rules.toml", 'hazards = ["landslide"]', 'hazards = ["landslid"]', "hazard 'landslid' is unknown"),
    ("rules.toml", 'hazards = ["landslide"]', "hazards = []", "a rule without a hazard matches nothing"),
    ("rules.toml", 'hazards = ["landslide"]', 'hazards = ["landslide"]\nlevels = [6]', "must be among 2, 3, 4, 5"),
    ("rules.toml", 'hazards = ["landslide"]', 'hazards = ["landslide"]\ncodes = ["33"]', "'33' matches nothing"),
    (
        "rules.toml",
        'hazards = ["landslide"]',
        'hazards = ["landslide"]\nstations = ["住道"]',
        "but river_flood; make a rule",
    ),
    (
        "rules.toml",
        'hazards = ["landslide"]',
        'hazards = ["storm"]\nlevels = [4]',
        "none of its hazards has one of these",
    ),
    ("rules.toml", 'rivers = ["860604000600"]', 'rivers = ["860604000699"]', "river '860604000699' is unknown"),
    (
        "rules.toml",
        'hazards = ["landslide"]',
        'hazards = ["landslide"]\neverybody_at_once = true',
        "exclude each other; keep",
    ),
    (
        "rules.toml",
        'hazards = ["landslide"]',
        'hazards = ["landslide"]\nothers_one_step_lower = true',
        "not of an official layer, so nobody may be told less urgently",
    ),
    (
        "rules.toml",
        'because = "landslide_hillside"',
        'because = "landslide_hillside"\none_step_lower = true',
        "who is told first is told with full urgency",
    ),
    (
        "rules.toml",
        'hazards = ["landslide"]',
        'hazards = ["landslide", "tsunami"]\nothers_one_step_lower = true',
        "nobody may be told less urgently about tsunami",
    ),
    ("rules.toml", '["landslide"]', '["landslide"]\nvalid_from = 2027-01-01\nvalid_to = 2026-01-01', "matches nothing"),
    ("rules.toml", 'groups = ["hazard_zone:foothill_edge"]', "groups = []", "name the groups that are told"),
    ("rules.toml", 'id = "flooding"', 'id = "landslide"', "rule landslide stands here a second time"),
    ("rules.toml", 'because = "flood_lowland"', "", "because must be a text"),
    ("rules.toml", "version = 1", "version = true", "version must be a whole number"),
    ("policy.toml", 'default_language = "ja"', "default_language = 1", "default_language must be a text"),
    ("policy.toml", "tornado = 60", "tornado = 0", "tornado must be a whole number from 1 to 1440"),
    ("policy.toml", "tornado = 60", "tornados = 60", "unknown key 'tornados'"),
    ("policy.toml", '4 = "critical"', '4 = "loud"', "4 must be one of critical, high, normal, none"),
    ("policy.toml", "hourly_pushes = 6", "hourly_pushes = 0", "hourly_pushes must be a whole number from 1 to 60"),
    ("policy.toml", 'quiet_from = "22:00"', 'quiet_from = "24:00"', "quiet_from must be a time of day in Japan"),
    ("policy.toml", 'quiet_to = "07:00"', "", "quiet_to must be a time of day in Japan"),
    ("policy.toml", 'quiet_to = "07:00"', 'quiet_to = "22:00"', "quiet hours end when they start"),
    ("policy.toml", "minimum_level = 2", "minimum_level = 4", "minimum_level must be a whole number from 2 to 3"),
    ("policy.toml", "high_sounds = true", "", "high_sounds must be true or false; found nothing"),
    ("policy.toml", "normal_pushes = false", 'normal_pushes = "no"', "normal_pushes must be true or false"),
    ("policy.toml", '"ashfall"]', '"ash"]', "'ash' is no family of hazards"),
    ("policy.toml", "high_sounds = true", 'high_sounds = true\nmuted = ["rain"]', "unknown key 'muted'"),
    ("proposals.toml", 'order = "elderly_evacuation"', 'order = "flee"', "order must be one of elderly_evacuation"),
    ("proposals.toml", "levels = [2]", "levels = [6]", "river_flood is never at level [6]; it has [2, 3, 4, 5]"),
    ("proposals.toml", "levels = [2]", "levels = []", "proposal flood_elderly matches nothing"),
    ("proposals.toml", "levels = [2]", "levels = [2, 3]", "river_flood at level [3] stands in flood_elderly too"),
    ("proposals.toml", 'hazards = ["river_flood"]', 'hazards = ["thunder"]', "hazard 'thunder' has no 警戒レベル"),
    ("proposals.toml", 'id = "flood_order"', 'id = "flood_elderly"', "flood_elderly stands here a second time"),
    ("proposals.toml", "escalate_minutes = 10", "escalate_minutes = 0", "escalate_minutes must be a whole number"),
    (
        "office.toml",
        'evacuation_order = "critical"',
        'evacuation_order = "high"',
        "an evacuation order and must be critical",
    ),
    (
        "office.toml",
        "break_glass_seconds = 60",
        "break_glass_seconds = 0",
        "break_glass_seconds must be a whole number",
    ),
    ("office.toml", "lifeline = 360", "lifelines = 360", "unknown key 'lifelines'"),
    ("urgency.csv", "critical", "urgent", "urgency must be one of critical, high, normal, none"),
    ("urgency.csv", "heavy_rain,43,", "heavy_rain,44,", "no telegram gives hazard heavy_rain with code 44"),
    ("sites.csv", "emergency_site,", "site,", "kind must be one of emergency_site, shelter"),
    ("sites.csv", "flood;landslide", "flood;landslides", "hazard 'landslides' is unknown"),
    ("sites.csv", "E2721800005201,", "E2721800001201,", "site E2721800001201 stands here a second time"),
    ("sources.toml", 'files = ["sites.csv"]', 'files = ["shelters.csv"]', "shelters.csv is not in the pack"),
    ("polygons.geojson", '"id":"27218-akai-2"', '"id":"27218-akai-22"', "'27218-akai-22' is no district"),
    ("polygons.geojson", "135.620957,34.710102", "34.710102,135.620957", "end where it began"),
    ("polygons.geojson", '"type":"Polygon"', '"type":"Point"', "a Polygon or MultiPolygon is expected; found Point"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), MISTAKES, ids=[m[3] for m in MISTAKES])
def test_a_mistake_is_named(problems_after: Edit, name: str, old: str, new: str, message: str) -> None:
    problems = problems_after(name, old, new)
    assert [p for p in problems if p.file.endswith(name) and message in p.message], problems


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("city.toml", 'class10 = "270000"', "class10 = 270000"),
        ("city.toml", "[jma]", "[jma"),
        ("districts.csv", "34.708045", "north"),
        ("groups.csv", "hazard_zone:lowland,27218-akai-3", "hazard_zone:low,27218-akai-3"),
        ("layers.toml", 'provenance = "inferred"', 'provenance = "certain"'),
        ("layers.toml", 'lowland = { name = "低地",', "lowland = { name = 1,"),
        ("rules.toml", 'because = "flood_foothill_edge"', "because = 7"),
        ("policy.toml", "tornado = 60", "tornado = 0"),
        ("polygons.geojson", '"id":"27218-akai-3"', '"id":"27218-akai-33"'),
    ],
)
def test_the_line_is_the_one_that_was_changed(
    folder: Path, problems_after: Edit, name: str, old: str, new: str
) -> None:
    problems = problems_after(name, old, new)
    text = (folder / name).read_text(encoding="utf-8")
    changed = text.count("\n", 0, text.index(new)) + 1
    assert next(p.line for p in problems if p.file == str(folder / name)) == changed


def test_all_mistakes_are_reported_at_once(folder: Path, problems_after: Edit) -> None:
    (folder / "rules.toml").write_text("version =\n", encoding="utf-8")
    (folder / "sites.csv").write_bytes("id,kind\n大東".encode("cp932"))
    problems = problems_after("city.toml", 'code = "27218"', "code = 27218")
    assert {Path(problem.file).name for problem in problems} == {"city.toml", "rules.toml", "sites.csv"}


def test_a_problem_reads_as_file_line_message(folder: Path, problems_after: Edit) -> None:
    problem = problems_after("rules.toml", "version = 1", "version = 0")[0]
    assert str(problem) == (
        f"{folder / 'rules.toml'}:{problem.line}: version must be a whole number from 1 to 1000000; found 0"
    )


def test_a_kind_without_a_row_in_the_urgency_table_is_refused(problems_after: Edit) -> None:
    problems = problems_after("urgency.csv", "tornado,1,竜巻注意情報,high\n", "")
    assert [p.message for p in problems] == ["has no row for hazard tornado with code 1; every kind needs one"]


def test_a_district_without_a_shape_is_refused(folder: Path) -> None:
    shapes = folder / "polygons.geojson"
    lines = shapes.read_text(encoding="utf-8").splitlines()
    shapes.write_text("\n".join(line for line in lines if '"27218-akai-1"' not in line), encoding="utf-8")
    with pytest.raises(PackError, match="has no shape for district 27218-akai-1"):
        load_pack(folder)


def test_a_rule_that_an_earlier_one_covers_is_refused(problems_after: Edit) -> None:
    again = '[[rule]]\nid = "again"\nhazards = ["landslide"]\nlevels = [4]\neverybody_at_once = true\n\n'
    problems = problems_after("rules.toml", '[[rule]]\nid = "flooding"', again + '[[rule]]\nid = "flooding"')
    assert ["rule again never acts: rule landslide above takes all" in p.message for p in problems] == [True]


def test_a_rule_may_not_outlive_the_layer_of_its_groups(problems_after: Edit) -> None:
    problems = problems_after(
        "layers.toml", 'source = "hazard_zones"', 'source = "hazard_zones"\nvalid_to = 2026-12-31'
    )
    assert {Path(problem.file).name for problem in problems} == {"rules.toml"}
    assert "is of layer hazard_zone, which ends on 2026-12-31: end the rule by then" in problems[0].message
