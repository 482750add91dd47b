"""Telegrams, situation, alerts and the rest come back as they were written, on both servers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from alerts.alert import Alert, AlertState, Source, Tier, Urgency
from alerts.ports import PushResult
from alerts.shelter.site import Site, SiteKind
from alerts.situation import HazardState
from alerts.store.states import DrillState
from alerts.telegram.reading import Outcome
from alerts.wording.message import PhoneMessage

HOUR = timedelta(hours=1)


@pytest.fixture
def uow(town):
    with town.database.write() as uow:
        yield uow


def hazard_state(town, hazard="flood", unit="u", **changes):
    said = HazardState(unit, hazard, unit, "03", 3, 3, "大雨警報", ("夕方まで",), town.now, town.now, "t1", "a1")
    return replace(said, **changes)


def test_a_telegram_is_kept_once_with_its_bytes(town, uow):
    first = town.telegram("t1", raw=b"\x00\xff<Report/>", unknown_codes=("99",))
    assert uow.telegrams.add(first)
    assert not uow.telegrams.add(replace(first, raw=b"other"))
    assert uow.telegrams.get("t1") == first
    assert uow.telegrams.get("t2") is None


def test_known_telegrams_are_told_from_new_ones_however_many_are_asked(town, uow):
    for number in range(3):
        uow.telegrams.add(town.telegram(f"t{number}"))
    assert uow.telegrams.known(f"t{number}" for number in range(40_000)) == {"t0", "t1", "t2"}
    assert uow.telegrams.known([]) == set()


def test_r16_held_telegrams_are_shown_newest_first(town, uow):
    for number, outcome in enumerate([Outcome.HOLD, Outcome.LIVE, Outcome.HOLD, Outcome.HOLD]):
        uow.telegrams.add(town.telegram(f"t{number}", outcome=outcome, seen_at=town.now + number * HOUR))
    assert [held.id for held in uow.telegrams.held(2)] == ["t3", "t2"]
    assert uow.telegrams.counts_by_outcome() == {Outcome.HOLD: 3, Outcome.LIVE: 1}


def test_what_became_of_a_telegram_is_one_of_the_words_that_exist(town, uow):
    uow.telegrams.add(town.telegram("t1"))
    uow.telegrams.set_applied("t1", "stale")
    assert uow.telegrams.get("t1").applied == "stale"
    with pytest.raises(ValueError, match="perhaps"):
        uow.telegrams.set_applied("t1", "perhaps")


def test_a_telegram_that_cannot_be_read_is_kept_without_unit_and_time(town, uow):
    broken = town.telegram("t1", type=None, unit=None, issued_at=None, title=None, headline=None)
    uow.telegrams.add(broken)
    assert uow.telegrams.get("t1") == broken


def test_a_unit_advances_only_from_the_version_that_was_seen(town, uow):
    assert uow.situation.unit("u") is None
    assert uow.situation.advance_unit("u", "t1", town.now, None)
    assert not uow.situation.advance_unit("u", "t2", town.now, None)
    assert uow.situation.advance_unit("u", "t2", town.now + HOUR, 1)
    assert not uow.situation.advance_unit("u", "t3", town.now + HOUR, 1)
    unit = uow.situation.unit("u")
    assert (unit.telegram_id, unit.issued_at, unit.version) == ("t2", town.now + HOUR, 2)


def test_units_are_independent(town, uow):
    assert uow.situation.advance_unit("u", "t1", town.now, None)
    assert uow.situation.advance_unit("v", "t1", town.now, None)
    assert uow.situation.unit("u").version == uow.situation.unit("v").version == 1


def test_a_hazard_has_one_state_in_a_unit(town, uow):
    uow.situation.put(hazard_state(town))
    raised = hazard_state(town, code="33", level=5, rank=5, details=("直ちに", "安全確保"))
    uow.situation.put(raised)
    uow.situation.put(hazard_state(town, unit="v"))
    assert uow.situation.states_of("u") == {"flood": raised}


def test_what_is_in_force_is_listed_gravest_first_until_it_is_removed(town, uow):
    mild, grave = hazard_state(town, "thunder", rank=2, level=None), hazard_state(town, "landslide", rank=5, level=5)
    uow.situation.put(mild)
    uow.situation.put(grave)
    assert uow.situation.in_force() == [grave, mild]
    uow.situation.remove("u", "landslide")
    uow.situation.remove("v", "thunder")
    assert uow.situation.in_force() == [mild]


def an_alert(town, alert_id="a1", **changes):
    said = Alert(
        alert_id, Source.JMA, "flood", "u", AlertState.IN_FORCE, "03", 3, 3, "大雨警報", 3, 1, town.now, town.now
    )
    return replace(said, **changes)


def test_an_alert_is_found_open_until_it_ended(town, uow):
    uow.alerts.save(an_alert(town))
    assert uow.alerts.open_of("u", "flood") == an_alert(town)
    assert uow.alerts.open_of("u", "thunder") is None
    ended = an_alert(town, state=AlertState.ENDED, level=None, last_revision=2)
    uow.alerts.save(ended)
    assert uow.alerts.open_of("u", "flood") is None
    assert uow.alerts.get("a1") == ended


def test_r18_a_hazard_of_a_unit_has_one_alert_in_force(town):
    with town.database.write() as uow:
        uow.alerts.save(an_alert(town, "a1", state=AlertState.ENDED))
        uow.alerts.save(an_alert(town, "a2"))
    with pytest.raises(IntegrityError), town.database.write() as uow:
        uow.alerts.save(an_alert(town, "a3"))


def test_the_office_may_have_several_alerts_of_one_hazard(town, uow):
    for name in ("a1", "a2"):
        uow.alerts.save(an_alert(town, name, source=Source.OFFICE))
    assert len(uow.alerts.recent(10)) == 2


def test_recent_alerts_are_paged_from_the_newest(town, uow):
    for number in range(4):
        uow.alerts.save(an_alert(town, f"a{number}", chain=f"u{number}", updated_at=town.now + number * HOUR))
    assert [alert.id for alert in uow.alerts.recent(2)] == ["a3", "a2"]
    assert [alert.id for alert in uow.alerts.recent(9, after=(town.now + 2 * HOUR, "a2"))] == ["a1", "a0"]


def test_a_revision_comes_back_as_it_was(town):
    town.alert(revisions=2)
    with town.database.read() as uow:
        assert uow.alerts.revision("a1", 2) == town.revision("a1", 2)
        assert uow.alerts.revisions("a1") == [town.revision("a1", 1), town.revision("a1", 2)]
        with pytest.raises(NoResultFound):
            uow.alerts.revision("a1", 3)


def test_the_tiers_keep_their_order_and_the_rest_of_the_city(town, uow):
    uow.alerts.save(an_alert(town))
    tiers = (
        Tier(frozenset({"b", "a"}), "lowland", "flooding", level=4),
        Tier(frozenset(), None),
        Tier(None, rule="flooding", lowered=True),
    )
    uow.alerts.add_revision(town.revision("a1", 1, tiers=tiers))
    assert uow.alerts.revision("a1", 1).tiers == tiers


def test_a_revision_is_never_written_over(town):
    town.alert()
    with pytest.raises(IntegrityError), town.database.write() as uow:
        uow.alerts.add_revision(town.revision("a1", 1, reason="another"))


def test_a_version_grows_with_each_change(town, uow):
    assert uow.versions.get("situation") == 0
    uow.versions.bump("situation", town.now)
    uow.versions.bump("situation", town.now)
    uow.versions.bump("shelters", town.now)
    assert uow.versions.all() == {"situation": 2, "shelters": 1}


def a_message(town, language="ja", **changes):
    revision = town.revision("a1", 1)
    said = PhoneMessage(
        "a1", 1, revision.change, "landslide", "49", 4, Urgency.CRITICAL, language, "【訓練】土砂災害", "本文", True,
        town.now, town.now + HOUR,
    )  # fmt: skip
    return replace(said, **changes)


def test_a_text_is_in_the_outbox_once_with_its_results(town, begun):
    chunk = begun()
    with town.database.write() as uow:
        japanese = uow.messages.put(a_message(town), 0, town.now)
        english = uow.messages.put(a_message(town, "en"), 0, town.now + HOUR)
        assert uow.messages.put(a_message(town), 0, town.now + HOUR) == japanese
        assert uow.messages.put(a_message(town), 1, town.now) not in {japanese, english}
        assert uow.messages.put(a_message(town, silent=True), 0, town.now) not in {japanese, english}
        uow.deliveries.start(chunk, {1: japanese, 2: japanese, 3: english}, "none", town.now)
    town.record(chunk, PushResult.NOT_SENT_NO_SENDER, 1, 3)
    with town.database.read() as uow:
        newest, *others = uow.messages.outbox(10)
        assert uow.messages.outbox(10, "a2") == []
    assert (newest.id, newest.results) == (english, {PushResult.NOT_SENT_NO_SENDER: 1})
    by_id = {message.id: message for message in others}
    assert by_id[japanese].results == {PushResult.NOT_SENT_NO_SENDER: 1, PushResult.SENDING: 1}
    assert (by_id[japanese].title, by_id[japanese].language) == ("【訓練】土砂災害", "ja")


def test_a_part_has_one_heartbeat_the_last(town, uow):
    uow.heartbeats.beat("feeds", town.now)
    uow.heartbeats.beat("feeds", town.now + HOUR, {"polls": 3})
    (beat,) = uow.heartbeats.all()
    assert (beat.part, beat.at, beat.detail) == ("feeds", town.now + HOUR, {"polls": 3})


def test_an_alarm_counts_until_it_is_cleared_and_then_begins_anew(town, uow):
    for hours in (0, 1):
        uow.alarms.raise_("feed:extra", "feed", f"after {hours} h", town.now + hours * HOUR)
    (alarm,) = uow.alarms.open()
    assert (alarm.times, alarm.raised_at, alarm.last_at) == (2, town.now, town.now + HOUR)
    assert alarm.text == "after 1 h"
    assert uow.alarms.clear("feed:extra", town.now + 2 * HOUR)
    assert not uow.alarms.clear("feed:extra", town.now + 2 * HOUR)
    assert uow.alarms.open() == []
    uow.alarms.raise_("feed:extra", "feed", "again", town.now + 3 * HOUR)
    (alarm,) = uow.alarms.open()
    assert (alarm.times, alarm.raised_at, alarm.cleared_at) == (1, town.now + 3 * HOUR, None)


def a_site(site_id, **changes):
    said = Site(
        site_id, SiteKind.EMERGENCY_SITE, site_id[:11], "末広公園", "大東市末広町", 34.71, 135.62, ("flood",), False,
        None, None,
    )  # fmt: skip
    return replace(said, **changes)


def test_an_edition_of_sites_replaces_the_one_before(town, uow):
    assert uow.sites.edition() is None
    uow.sites.replace_all([a_site("E1"), a_site("E2")], "2025")
    renamed = a_site("E2", name="末広中央公園", hazards=("flood", "earthquake"))
    uow.sites.replace_all([renamed, a_site("E3", kind=SiteKind.SHELTER)], "2026")
    assert uow.sites.list() == [renamed, a_site("E3", kind=SiteKind.SHELTER)]
    assert uow.sites.list(active=False) == [a_site("E1")]
    assert uow.sites.edition() == "2026"


def test_an_empty_edition_leaves_no_active_site(uow):
    uow.sites.replace_all([a_site("E1")], "2025")
    uow.sites.replace_all([], "2026")
    assert uow.sites.list() == []


def test_each_step_of_a_drill_is_played_once(town, uow):
    run = uow.drills.start("storm", 60.0, town.now)
    (due,) = uow.drills.due(town.now)
    assert (due.id, due.drill, due.speed, due.next_step) == (run, "storm", 60.0, 0)
    assert uow.drills.advance(run, 0, town.now + HOUR, done=False)
    assert not uow.drills.advance(run, 0, town.now + HOUR, done=False)
    assert uow.drills.due(town.now) == []
    assert uow.drills.advance(run, 1, town.now + HOUR, done=True)
    (ended,) = uow.drills.list()
    assert (ended.state, ended.next_step) == (DrillState.DONE, 2)
    assert uow.drills.due(town.now + HOUR) == []


def test_a_stopped_drill_goes_no_further(town, uow):
    run = uow.drills.start("storm", 1.0, town.now)
    assert uow.drills.stop_all() == 1
    assert uow.drills.stop_all() == 0
    assert not uow.drills.advance(run, 0, town.now, done=False)
    assert [(drill.id, drill.state) for drill in uow.drills.list()] == [(run, DrillState.STOPPED)]
