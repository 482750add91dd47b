"""The office changes the matching rules: a version acts from the next telegram on, and none is ever lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.city.problems import PackError
from alerts.city.rule_data import data_of
from alerts.service import queries, rule_changes, rules
from alerts.service.rule_changes import Draft, RulesChangedError
from alerts.service.rule_preview import preview
from alerts.service.rules import UnknownRulesError
from alerts.service.simulate import simulate
from alerts.service.simulation import Against
from alerts.telegram.composition import Stated
from alerts.world import WorldMismatchError

LOWLAND_FIRST = {
    "id": "lowland for once",
    "hazards": ["landslide"],
    "tell": [{"groups": ["hazard_zone:lowland"], "because": "flood_lowland"}],
}
AT_ONCE = {"id": "at once", "hazards": ["landslide"], "everybody_at_once": True}


def draft(*rows, based_on=1, author="危機管理室", note="試し") -> Draft:
    return Draft(author, note, based_on, rows)


def test_until_somebody_changes_them_the_rules_of_the_pack_act(live, jma):
    (version,) = rules.versions(live)
    assert (version.version, version.author) == (1, "bundled with the programme")
    assert version.rules == [data_of(rule) for rule in live.pack.matching.rules]
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    assert (revision.rules_version, revision.tiers[0].rule) == (1, "landslide")


def test_a_new_version_acts_from_the_next_telegram_on(live, jma, clock):
    rule_changes.change(live, draft(LOWLAND_FIRST))
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    first, rest = revision.tiers
    assert (revision.rules_version, first.rule, rest.rule) == (2, "lowland for once", "lowland for once")
    assert first.districts == frozenset(live.pack.groups["hazard_zone:lowland"].districts)
    clock.forward(minutes=30)
    rule_changes.change(live, draft(AT_ONCE, based_on=2))
    (raised,) = jma.send("VPWW56", Stated("39")).revisions
    assert (raised.rules_version, len(raised.tiers)) == (3, 1)


def test_a_change_while_something_is_in_force_rings_nobody(live, jma, clock):
    jma.send("VPWW56", Stated("49"))
    rule_changes.change(live, draft(LOWLAND_FIRST))
    clock.forward(minutes=30)
    assert jma.send("VPWW56", Stated("49", "継続", "49")).revisions == ()


def test_every_version_keeps_author_time_and_note_and_the_pack_stands_beside_them(live, clock):
    clock.forward(hours=1)
    rule_changes.change(live, draft(AT_ONCE, author="山田", note="区域の見直し"))
    second, first = rules.versions(live)
    assert (second.author, second.note, second.made_at) == ("山田", "区域の見直し", clock.now())
    assert (first.version, first.rules) == (1, [data_of(rule) for rule in live.pack.matching.rules])


def test_a_roll_back_is_a_new_version(live, jma):
    rule_changes.change(live, draft(AT_ONCE))
    restored = rule_changes.restore(live, 1, draft(based_on=2, note="元に戻す"))
    assert (restored.version, restored.restores, restored.note) == (3, 1, "元に戻す")
    assert [one.version for one in rules.versions(live)] == [3, 2, 1]
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    assert (revision.rules_version, revision.tiers[0].rule) == (3, "landslide")
    with pytest.raises(UnknownRulesError):
        rule_changes.restore(live, 9, draft(based_on=3))


def test_a_change_of_an_old_version_is_refused(live):
    rule_changes.change(live, draft(AT_ONCE))
    with pytest.raises(RulesChangedError, match="version 2 acts now, not 1"):
        rule_changes.change(live, draft(LOWLAND_FIRST))
    assert len(rules.versions(live)) == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (LOWLAND_FIRST | {"hazards": []}, "a rule without a hazard matches nothing"),
        (LOWLAND_FIRST | {"tell": [{"groups": ["zone:x"], "because": "flood_lowland"}]}, "group 'zone:x' is unknown"),
        (LOWLAND_FIRST | {"tell": [{"groups": ["hazard_zone:lowland"], "because": "why"}]}, "has no phrase in"),
        (LOWLAND_FIRST | {"others_one_step_lower": True}, "is not of an official layer"),
        (LOWLAND_FIRST | {"tell": []}, "write everybody_at_once"),
    ],
)
def test_what_is_wrong_is_refused_with_its_row_and_changes_nothing(live, row, message):
    with pytest.raises(PackError) as refused:
        rule_changes.change(live, draft(AT_ONCE | {"hazards": ["heavy_rain"]}, row))
    assert {problem.line for problem in refused.value.problems} == {2}
    assert message in str(refused.value)
    assert len(rules.versions(live)) == 1


def test_a_kept_rule_that_no_longer_fits_the_pack_is_left_out_and_alarmed(live, jma):
    rule_changes.change(live, draft(LOWLAND_FIRST, AT_ONCE | {"hazards": ["storm"]}))
    groups = {name: group for name, group in live.pack.groups.items() if name != "hazard_zone:lowland"}
    smaller = replace(live.pack, places=replace(live.pack.places, groups=groups))
    jma.services = replace(live, pack=smaller)
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    assert [tier.districts for tier in revision.tiers] == [None], "everybody is told"
    assert [alarm.kind for alarm in queries.open_alarms(jma.services)] == ["rules"]
    rule_changes.change(jma.services, draft(AT_ONCE, based_on=2))
    assert queries.open_alarms(jma.services) == []


def test_a_preview_says_whom_past_telegrams_would_have_reached_first_and_changes_nothing(live, jma, clock):
    jma.send("VPWW56", Stated("49"))
    clock.forward(minutes=10)
    jma.send("VPWW58", Stated("05"))
    tried = rule_changes.checked(live, [LOWLAND_FIRST])
    found = preview(live, tried, timedelta(days=1))
    assert (found.telegrams, found.complete) == (2, True)
    storm, landslide = found.pushes
    assert (storm.hazard, storm.differs) == ("storm", False)
    assert (landslide.hazard, landslide.differs) == ("landslide", True)
    assert (landslide.now[0].rule, landslide.then[0].rule) == ("landslide", "lowland for once")
    assert len(rules.versions(live)) == 1
    clock.forward(days=2)
    assert preview(live, tried, timedelta(days=1)).telegrams == 0


def test_r1_a_drill_takes_the_rules_of_the_live_world_and_gives_none_back(live, drill, jma):
    rule_changes.change(live, draft(LOWLAND_FIRST))
    assert rule_changes.rehearse(live, drill) == 2
    assert rule_changes.rehearse(live, drill) == 0
    assert rules.versions(drill) == rules.versions(live)
    jma.services = drill
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    assert (revision.rules_version, revision.tiers[0].rule) == (2, "lowland for once")
    with pytest.raises(WorldMismatchError):
        rule_changes.change(drill, draft(AT_ONCE, based_on=2))
    with pytest.raises(WorldMismatchError):
        rule_changes.rehearse(drill, live)


@pytest.mark.parametrize("against", list(Against))
def test_a_simulation_goes_by_the_rules_that_act(live, jma, against):
    rule_changes.change(live, draft(LOWLAND_FIRST))
    (push,) = simulate(live, jma.telegram("VPWW56", [Stated("49")]), against).pushes
    assert (push.revision.rules_version, push.revision.tiers[0].rule) == (2, "lowland for once")
