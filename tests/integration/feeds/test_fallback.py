"""Where JMA's new warnings are missing, their old copies are read in their place; and nowhere else (jma.md §3.3)."""

from datetime import timedelta

import pytest
from feed_server import FeedServer
from feed_station import START, Station
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from old_copies import KINDS, old_copy
from sqlalchemy import delete

from alerts.alert import Change
from alerts.service.rebuild import differences, repair
from alerts.service.settle import settle
from alerts.store.tables import hazard_states, metadata
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import InfoType

THUNDER = ("thunder", "14")


class Jma:
    """Announces telegrams of the city's own office in the short feed, as JMA does."""

    def __init__(self, server: FeedServer, station: Station) -> None:
        self.server, self.station = server, station

    def copy(self, says: str, *, ago: float = 0.0, **how: str) -> str:
        at = self.station.clock.now() - timedelta(seconds=ago)
        return self._announce("VPWW54", at, old_copy(says, at, **how))

    def original(self, kind: str, *stated: Stated, ago: float = 0.0, retracts: bool = False) -> str:
        codes = self.station.services.pack.codes
        at = self.station.clock.now() - timedelta(seconds=ago)
        info_type = InfoType.RETRACTION if retracts else InfoType.ISSUE
        items = {codes.municipality: stated} if stated else {}
        raw = compose_warning(kind, lone_city(codes, "大阪管区気象台"), items, at, info_type=info_type)
        return self._announce(kind, at, raw)

    def _announce(self, kind, at, raw) -> str:
        file = f"{at:%Y%m%d%H%M%S}_0_{kind}_270000.xml"
        self.server.announce("extra", file, at, raw)
        self.station.run(minutes=2, every_seconds=30)
        return file


@pytest.fixture
def jma(server, station) -> Jma:
    station.poll()
    return Jma(server, station)


@pytest.fixture
def alone(jma, station) -> Jma:
    """The originals stay away since an hour, while copies go on: the alarm is open for as long as the policy wants."""
    jma.original("VPWW61", Stated("14"))
    station.clock.advance(hours=1)
    jma.copy("nothing")
    assert "transition" in station.alarms()
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    return jma


def situation(station) -> set[tuple[str, str]]:
    with station.services.database.read() as uow:
        return {(state.hazard, state.code) for state in uow.situation.in_force()}


def pushes(station) -> list[tuple[str, Change, int | None]]:
    with station.services.database.read() as uow:
        made = [one for alert in uow.alerts.recent(100) for one in uow.alerts.revisions(alert.id) if one.pushed]
    return [(one.hazard, one.change, one.level) for one in sorted(made, key=lambda one: one.created_at)]


def alert_ids(station, hazard: str) -> set[str]:
    with station.services.database.read() as uow:
        return {alert.id for alert in uow.alerts.recent(100) if alert.hazard == hazard}


def test_copies_beside_their_originals_are_not_even_fetched(jma, station, server) -> None:
    for _ in range(3):
        jma.original("VPWW55", Stated("10"))
        copy = jma.copy("rain 5")
        station.run(minutes=25, every_seconds=60)
    assert copy not in server.fetched()
    assert situation(station) == {("heavy_rain", "10")}
    assert "transition" not in station.alarms()


def test_after_days_of_calm_a_copy_announced_before_its_original_rings_nowhere(jma, station, server) -> None:
    jma.original("VPWW61")
    station.clock.advance(days=5)
    copy = jma.copy("rain 3")
    assert "transition" in station.alarms(), "it may be the first of many"
    station.run(minutes=5)
    jma.original("VPWW55", Stated("43"), ago=420)
    assert "transition" not in station.alarms()
    station.run(minutes=30, every_seconds=60)
    assert copy not in server.fetched()
    assert pushes(station) == [("heavy_rain", Change.ISSUE, 4)]


def test_copies_that_go_on_alone_are_read_after_the_time_of_the_policy_and_push_once(jma, station, server) -> None:
    jma.original("VPWW61", Stated("14"))
    station.clock.advance(hours=1)
    first, second = jma.copy("landslide 3"), jma.copy("rain 3")
    assert pushes(station) == [("thunder", Change.ISSUE, None)]
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    assert (first in server.fetched(), second in server.fetched()) == (False, True), "the newest says it all"
    assert situation(station) == {THUNDER, ("heavy_rain", "03")}
    jma.copy("rain 3")
    jma.copy("rain 3")
    assert pushes(station)[1:] == [("heavy_rain", Change.ISSUE, 3)]
    assert "read in their place" in station.alarms()["transition"]


def test_it_happens_where_no_feed_changes_any_more(jma, station) -> None:
    jma.original("VPWW61")
    station.clock.advance(hours=1)
    jma.copy("storm")
    assert situation(station) == set()
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    assert situation(station) == {("storm", "05"), THUNDER}


def test_a_rise_and_a_fall_of_copies_are_told_as_any_other(alone, station) -> None:
    alone.copy("rain 3")
    alone.copy("rain 3", danger="守口市　大東市")
    alone.copy("rain 5")
    station.clock.advance(hours=1)
    alone.copy("nothing")
    told = [("heavy_rain", Change.ISSUE, 3), ("heavy_rain", Change.RAISE, 4), ("heavy_rain", Change.RAISE, 5)]
    assert pushes(station)[1:] == [*told, ("heavy_rain", Change.END, 5)]


def test_the_new_type_goes_on_in_the_same_alert_without_a_second_ring(alone, station, server) -> None:
    alone.copy("rain 3")
    before = pushes(station)
    alone.original("VPWW55", Stated("03"))
    assert pushes(station) == before
    assert "transition" not in station.alarms()
    ignored = alone.copy("rain 5")
    assert ignored not in server.fetched()
    alone.original("VPWW55", Stated("43"))
    assert pushes(station) == [*before, ("heavy_rain", Change.RAISE, 4)]
    assert len(alert_ids(station, "heavy_rain")) == 1


def test_an_older_copy_moves_nothing_that_a_newer_original_says(alone, station) -> None:
    alone.original("VPWW55", Stated("43"))
    station.clock.advance(hours=1)
    alone.copy("nothing")
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    alone.copy("storm", ago=2 * 3600)
    assert ("storm", "05") not in situation(station)


def test_r16_level_4_that_may_be_meant_for_the_city_lowers_nothing_and_is_an_alarm(alone, station) -> None:
    alone.original("VPWW56", Stated("49"))
    station.clock.advance(hours=1)
    alone.copy("landslide 3", headline="〈危険警報（土砂災害）〉大阪府では、土砂災害に厳重に警戒してください。")
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    assert ("landslide", "49") in situation(station)
    assert any("may be level 4" in text for text in station.alarms().values())
    assert differences(station.services) == []


def test_r16_a_headline_of_level_5_rain_lowers_no_landslide_of_level_4_and_no_copy_does_so_by_level_3(
    alone, station
) -> None:
    alone.original("VPWW56", Stated("49"))
    station.clock.advance(hours=1)
    alone.copy("landslide 3", headline="〈特別警報（大雨）〉大阪府では、最大級の警戒をしてください。")
    station.run(minutes=station.services.pack.policy.fallback_minutes)
    alone.copy("landslide 3")
    settled(station)
    assert ("landslide", "49") in situation(station)
    assert differences(station.services) == []
    alone.copy("landslide 2")
    settled(station)
    assert ("landslide", "29") in situation(station)
    assert pushes(station)[-1] == ("landslide", Change.LOWER, 2)


def test_level_4_of_rain_that_a_copy_no_longer_names_is_lowered(alone, station) -> None:
    alone.copy("rain 3", danger="守口市　大東市")
    station.clock.advance(hours=1)
    alone.copy("rain 3", danger="守口市")
    settled(station)
    assert ("heavy_rain", "03") in situation(station)
    assert pushes(station)[-1] == ("heavy_rain", Change.LOWER, 3)


def settled(station) -> None:
    station.clock.advance(minutes=station.services.pack.policy.coalescing_minutes)
    settle(station.services)


def test_a_retracted_copy_gives_back_what_the_last_original_said(alone, station) -> None:
    alone.copy("rain 5")
    alone.copy("rain 5", info_type="取消")
    assert situation(station) == {THUNDER}
    assert pushes(station)[-1] == ("heavy_rain", Change.RETRACT, 5)


def test_a_corrected_copy_is_a_correction(alone, station) -> None:
    alone.copy("rain 5")
    alone.copy("rain 3", info_type="訂正")
    assert pushes(station)[-1] == ("heavy_rain", Change.CORRECT, 3)


def test_a_retracted_original_takes_along_what_the_copies_repeated(alone, station) -> None:
    alone.copy("rain 5")
    alone.original("VPWW55", Stated("33"))
    alone.original("VPWW55", retracts=True)
    assert situation(station) == {THUNDER}


def test_r16_what_a_copy_says_in_unknown_codes_is_an_alarm_and_ends_nothing(alone, station) -> None:
    alone.copy("rain 3")
    alone.copy("unknown")
    assert ("heavy_rain", "03") in situation(station)
    assert any("Unknown Kind 99" in text for text in station.alarms().values())


def test_r1_a_copy_that_is_an_exercise_moves_nothing(alone, station) -> None:
    before = situation(station)
    alone.copy("rain 5", status="訓練")
    assert situation(station) == before


def test_a_lost_situation_is_made_again_from_copies_that_stood_in_and_from_no_others(alone, station) -> None:
    alone.copy("rain 3")
    lived = situation(station)
    assert differences(station.services) == []
    with station.services.database.write() as uow:
        uow.connection.execute(delete(hazard_states))
    assert [one for one in repair(station.services) if one.pushed] == []
    assert situation(station) == lived


def forget(station) -> None:
    with station.services.database.write() as uow:
        for table in reversed(metadata.sorted_tables):
            if table.name != "meta":
                uow.connection.execute(delete(table))


ORIGINALS = st.sampled_from([None, "10", "03", "43", "33"])


@pytest.mark.parametrize("new_database_url", ["sqlite"], indirect=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(ORIGINALS, st.sampled_from(sorted(KINDS)), st.integers(0, 25)), min_size=1, max_size=5))
def test_beside_their_originals_copies_never_change_anything(server, station, steps) -> None:
    def lived(with_copies: bool) -> tuple[object, object]:
        forget(station)
        server.forget("extra", before=START + timedelta(days=365))
        station.clock._now = START
        station.poll()
        jma = Jma(server, station)
        for code, copied, minutes in steps:
            jma.original("VPWW55", *([Stated(code)] if code else []))
            if with_copies:
                jma.copy(copied)
            else:
                station.run(minutes=2, every_seconds=30)
            station.run(minutes=minutes, every_seconds=60)
        return situation(station), pushes(station)

    assert lived(with_copies=True) == lived(with_copies=False)
