"""The drill storm of the Daito pack: telegrams as JMA sends them, and a story that holds together."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from alerts.alert import Change
from alerts.city.drills import UnknownDrillError, load_drill
from alerts.city.pack import bundled, load_pack
from alerts.city.problems import PackError
from alerts.situation import Saying, changes_by, state_after
from alerts.telegram import kinds
from alerts.telegram.envelope import Status
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

DAITO = bundled("daito")
STARTED_AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "telegrams" / "xsd" / "jmx.xsd"))
DRILLS = ["storm", "storm-full"]


def readings_of(name: str) -> list[Reading]:
    """What each telegram says about the city, played at the drill's own speed."""
    drill, codes = load_drill(DAITO, name), load_pack(DAITO).codes
    telegrams = [drill.telegram(i, STARTED_AT + step.after / drill.speed) for i, step in enumerate(drill.steps)]
    return [read_telegram(raw, file, codes) for file, raw in telegrams]


def changes_of(name: str) -> tuple[list[tuple[str, str | None]], dict[str, str]]:
    """The changes in the order of the story as (kind or hazard, change), and what is in force at its end by hazard."""
    states, changes = {}, []
    for reading in readings_of(name):
        envelope = reading.envelope
        assert envelope is not None
        known = {h: s for h, s in states.items() if h in reading.hazards}
        for change in changes_by(reading, known, envelope.issued_at):
            state = state_after(change, Saying("unit", "unit", "t", envelope.issued_at), "a")
            kind = change.notice or change.before
            assert kind is not None
            changes.append((kind.name, change.change))
            states.pop(change.hazard, None)
            if state is not None:
                states[change.hazard] = state
    return changes, {hazard: state.name for hazard, state in states.items()}


def test_the_pack_offers_its_drills_by_name():
    assert set(DRILLS) <= set(load_pack(DAITO).drills)


@pytest.mark.parametrize("name", DRILLS)
def test_every_telegram_is_valid_by_jmas_schema_and_named_as_its_feed_would(name):
    drill = load_drill(DAITO, name)
    for index, step in enumerate(drill.steps):
        issued_at = STARTED_AT + step.after / drill.speed
        file, raw = drill.telegram(index, issued_at)
        SCHEMA.assertValid(etree.fromstring(raw))
        assert file == f"{issued_at:%Y%m%d%H%M%S}_0_{step.type}_270000.xml"


@pytest.mark.parametrize("name", DRILLS)
def test_r1_every_telegram_says_that_it_is_a_drill(name):
    for reading in readings_of(name):
        assert reading.outcome is Outcome.DRILL
        assert reading.envelope is not None
        assert reading.envelope.status is Status.EXERCISE
        assert len(reading.notices) == 1


def test_every_municipality_of_the_office_stands_in_every_telegram():
    _, raw = load_drill(DAITO, "storm").telegram(0, STARTED_AT)
    areas = etree.fromstring(raw).xpath(
        "//*[local-name()='Warning'][contains(@type, '（市町村等）')]/*/*/*[local-name()='Code']"
    )
    codes = {code.text for code in areas if len(code.text) == 7}
    assert len(codes) == 43
    assert "2721800" in codes


def test_the_storm_rises_to_level_4_and_stays_there():
    changes, in_force = changes_of("storm")
    assert changes == [
        ("雷注意報", Change.ISSUE),
        ("強風注意報", Change.ISSUE),
        ("レベル２大雨注意報", Change.ISSUE),
        ("レベル２土砂災害注意報", Change.ISSUE),
        ("暴風警報", Change.RAISE),
        ("レベル３大雨警報", Change.RAISE),
        ("レベル３土砂災害警報", Change.RAISE),
        ("レベル３大雨警報", None),  # 継続: rings nobody
        ("レベル４土砂災害危険警報", Change.RAISE),
        ("レベル４大雨危険警報", Change.RAISE),
        ("レベル４土砂災害危険警報", None),
    ]
    assert in_force == {
        "thunder": "雷注意報",
        "storm": "暴風警報",
        "heavy_rain": "レベル４大雨危険警報",
        "landslide": "レベル４土砂災害危険警報",
    }


def test_the_full_storm_goes_on_to_level_5_and_ends_calm():
    begun, _ = changes_of("storm")
    changes, in_force = changes_of("storm-full")
    assert changes[: len(begun)] == begun
    assert changes[len(begun) :] == [
        ("レベル５大雨特別警報", Change.RAISE),
        ("レベル４大雨危険警報", Change.LOWER),
        ("強風注意報", Change.LOWER),
        ("レベル３大雨警報", Change.LOWER),
        ("レベル３土砂災害警報", Change.LOWER),
        ("レベル２大雨注意報", Change.LOWER),
        ("レベル２土砂災害注意報", Change.LOWER),
        ("強風注意報", Change.END),
        ("レベル２大雨注意報", Change.END),
        ("レベル２土砂災害注意報", Change.END),
        ("雷注意報", Change.END),
    ]
    assert in_force == {}


def test_at_its_own_speed_the_storm_reaches_level_4_in_about_20_seconds():
    drill = load_drill(DAITO, "storm")
    levels = [max(kinds.find(step.type, say.code).level or 0 for say in step.says) for step in drill.steps]
    seconds = drill.steps[levels.index(4)].after / drill.speed
    assert timedelta(seconds=15) <= seconds <= timedelta(seconds=25)
    assert drill.steps[0].after == timedelta(0)


@pytest.mark.parametrize("name", DRILLS)
def test_each_municipality_goes_on_from_the_kind_it_had(name):
    """LastKind and Status as JMA fills them: what was in force before, 継続 only where nothing changed."""
    held: dict[tuple[str, str], str] = {}
    for step in load_drill(DAITO, name).steps:
        stated = {(step.type, m): say for say in step.says for m in say.municipalities}
        forgotten = {key for key in held if key[0] == step.type} - stated.keys()
        assert not forgotten, f"{step.after}: {forgotten} ended without 解除"
        for key, say in stated.items():
            assert say.last == held.get(key), f"{step.after} {key}"
            assert (say.status == "継続") == (say.code == say.last and say.status != "解除"), f"{step.after} {key}"
            if say.status == "解除":
                del held[key]
            else:
                held[key] = say.code
    assert bool(held) == (name == "storm")


def test_the_period_follows_the_time_of_playing():
    drill = load_drill(DAITO, "storm")
    index = next(i for i, step in enumerate(drill.steps) if any(say.code == "49" for say in step.says))
    late_evening = datetime(2026, 11, 30, 13, 30, tzinfo=UTC)  # 22時30分
    _, raw = drill.telegram(index, late_evening)
    assert "３０日２３時から１日４時まで、警戒レベル４相当" in raw.decode()


def test_an_unknown_drill_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownDrillError, match="no drill 'typhoon'; it has: storm, storm-full"):
        load_drill(DAITO, "typhoon")
    with pytest.raises(UnknownDrillError):
        load_drill(DAITO, "../rules")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('after = "2:00"', 'after = "two"', 'after must be hours and minutes of the story, like after = "16:30"'),
        ('after = "4:00"', 'after = "1:00"', "a step cannot come before the one above it"),
        ('type = "VPWW61"', 'type = "VPWW99"', "VPWW99 is no type of telegram that has kinds"),
        ('code = "14"', 'code = "33"', "VPWW61 has no Kind with code 33"),
        ('areas = ["270000"], code = "14"', 'areas = ["260000"], code = "14"', "the office 270000 has no area 260000"),
        ('code = "14", status = "発表"', 'code = "14", status = "発令"', "発令 is no status of a warning"),
        ("hours = [1, 8]", "hours = [1]", "hours must be two numbers counted from the issue"),
        ("speed = 2880", "speed = 0", "speed must be a whole number from 1 to"),
    ],
)
def test_a_mistake_in_a_drill_is_told_with_its_file_and_line(tmp_path, old, new, message):
    shutil.copytree(DAITO / "drills", tmp_path / "drills")
    file = tmp_path / "drills" / "storm.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError, match=r"storm\.toml:\d+: ") as refused:
        load_drill(tmp_path, "storm")
    assert message in str(refused.value)


def test_a_drill_that_continues_itself_is_refused(tmp_path):
    shutil.copytree(DAITO / "drills", tmp_path / "drills")
    file = tmp_path / "drills" / "storm-full.toml"
    file.write_text(file.read_text("utf-8").replace('continues = "storm"', 'continues = "storm-full"'), "utf-8")
    with pytest.raises(PackError, match="continues must name another drill"):
        load_drill(tmp_path, "storm-full")


def test_a_drill_without_its_list_of_municipalities_is_refused(tmp_path):
    shutil.copytree(DAITO / "drills", tmp_path / "drills")
    (tmp_path / "drills" / "areas.csv").unlink()
    with pytest.raises(PackError, match="it lists the municipalities of the forecast office"):
        load_drill(tmp_path, "storm")
