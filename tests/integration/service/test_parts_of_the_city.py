"""A river flood that names parts of the city: who is told first, and what if the parts change (jma.md §3.4)."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from one_chunk import deliver_chunk

from alerts.alert import Change, Urgency
from alerts.city.matching import MatchingRules
from alerts.city.rule import Rule, Telling
from alerts.ports import Address, Platform, PushOutcome, PushResult
from alerts.service import queries, rebuild
from alerts.service.arrival import Incoming, Received
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.services import Services
from alerts.service.settle import settle
from alerts.telegram.extent import SubArea

(TELEGRAM,) = (Path(__file__).parents[2] / "telegrams").glob("*_VXKO52_*.xml")
LEVEL_3 = "【警戒レベル３相当】寝屋川の住道"
NAMED = "住道　赤井、三箇 大阪府大東市末広町"
OTHERS = "新田 三箇"


@dataclass
class River:
    """Sends forecasts of the 寝屋川: gauge 住道 with a level and its parts of the city; 昭明橋 stays at level 2."""

    services: Services
    sent: int = 0

    def send(self, level: str, parts: str, others: str = "深野一丁目", info_type: str = "発表") -> Received:
        self.sent += 1
        now = self.services.clock.now()
        text = TELEGRAM.read_text(encoding="utf-8")
        for old, new in (
            ("2026-07-01T12:00:00Z", f"{now:%Y-%m-%dT%H:%M:%SZ}"),
            ("<InfoType>発表", f"<InfoType>{info_type}"),
            (LEVEL_3, f"【警戒レベル{level}相当】寝屋川の住道"),
            (f"<SubCityList>{NAMED}", f"<SubCityList>{parts}"),
            (f"<SubCityList>{OTHERS}", f"<SubCityList>{others}"),
        ):
            assert old in text
            text = text.replace(old, new)
        raw = text.encode()
        incoming = Incoming(f"{self.sent:04d}-{TELEGRAM.name}", TELEGRAM.name, raw, now)
        (received,) = receive(self.services, [incoming])
        return received


@pytest.fixture
def river(live: Services) -> River:
    return River(live)


@pytest.fixture
def stepping(live: Services) -> River:
    """A city that tells whoever is not near the gauge one step less urgently, by an official layer."""
    matching = live.pack.matching
    near = Rule(
        "near",
        frozenset({"river_flood"}),
        stations=frozenset({"住道"}),
        tell=(Telling(("elementary:sanga",), "flood_near_gauge"),),
        rest_lowered=True,
    )
    places = replace(matching.places, official=frozenset({"elementary:sanga"}))
    rules = MatchingRules(7, "office", None, "stepping", (near,), places)
    return River(replace(live, pack=replace(live.pack, matching=rules)))


def named(revision) -> list[tuple[set[str] | None, int | None]]:
    return [(set(tier.districts) if tier.districts is not None else None, tier.level) for tier in revision.tiers]


def towns(*names: str) -> set[str]:
    return {f"27218-{name}" for name in names}


def test_the_worst_reach_is_told_first_and_kept_with_the_revision(river):
    (revision,) = river.send("４", "赤井一丁目 末広町").revisions
    first, second, *_, rest = named(revision)
    assert first == (towns("akai-1", "suehirocho"), 4)
    assert second == (towns("fukono-1"), 2)
    assert rest == (None, None)
    assert (revision.level, revision.urgency, revision.rules_version) == (4, Urgency.CRITICAL, 1)
    with river.services.database.read() as uow:
        assert uow.alerts.revision(revision.alert_id, revision.number) == revision
        chunks = [uow.chunks.get(chunk) for chunk in uow.chunks.due(river.services.clock.now(), 10)]
    assert {chunk.urgency for chunk in chunks if chunk} <= {Urgency.CRITICAL}


def test_the_parts_are_shown_and_survive_a_rebuild(river):
    river.send("４", "赤井一丁目")
    (state,) = queries.overview(river.services, {}).states
    assert state.extent.sub_areas == (SubArea("赤井一丁目", 4), SubArea("深野一丁目", 2))
    assert [station.name for station in state.extent.stations] == ["住道", "昭明橋"]
    assert state.extent.rivers[0] == "860604000600"
    assert rebuild.differences(river.services) == []
    with river.services.database.write() as uow:
        uow.situation.remove(state.chain, state.hazard)
    rebuild.repair(river.services)
    (again,) = queries.overview(river.services, {}).states
    assert again.extent == state.extent


def test_a_part_that_nobody_knows_is_told_to_the_whole_city_and_said_to_the_office(river):
    (revision,) = river.send("４", "赤井一丁目 新田").revisions
    assert [tier.level for tier in revision.tiers] == [None] * len(revision.tiers)
    assert "the pack does not know 新田" in revision.reason
    assert [kind.kind for kind in queries.open_alarms(river.services)] == ["odd"]


def test_another_part_at_the_same_level_rings_nobody_again(river):
    river.send("４", "赤井一丁目")
    river.services.clock.forward(minutes=30)
    assert river.send("４", "赤井一丁目 三箇").revisions == ()
    (state,) = queries.overview(river.services, {}).states
    assert SubArea("三箇", 4) in state.extent.sub_areas, "but the app shows it"


def test_who_was_told_less_urgently_is_told_when_the_water_comes_to_them(stepping):
    (first,) = stepping.send("３", "赤井一丁目").revisions
    *_, unknown, rest = first.tiers
    assert (unknown.districts, rest.districts, rest.lowered) == (frozenset(), None, True)
    assert [first.urgency_in(n) for n in range(len(first.tiers))][-1] is Urgency.NORMAL
    assert first.rules_version == 7
    stepping.services.clock.forward(minutes=30)
    (second,) = stepping.send("３", "赤井一丁目 北条").revisions
    assert (second.change, second.pushed, second.urgency) == (Change.ISSUE, True, Urgency.HIGH)
    reached = {d for tier in second.tiers for d in tier.districts or ()}
    assert reached == towns("oaza-hojo", *(f"hojo-{n}" for n in range(1, 8)))
    stepping.services.clock.forward(minutes=30)
    assert stepping.send("３", "赤井一丁目 北条").revisions == (), "a continuation never rings"


def test_nobody_is_told_less_urgently_at_level_5(stepping):
    (revision,) = stepping.send("５", "赤井一丁目").revisions
    assert {revision.urgency_in(n) for n in range(len(revision.tiers))} == {Urgency.CRITICAL}


def test_a_correction_of_the_parts_reaches_the_districts_it_changes(river):
    river.send("４", "赤井一丁目")
    river.services.clock.forward(minutes=5)
    (revision,) = river.send("４", "赤井二丁目", info_type="訂正").revisions
    assert (revision.change, revision.pushed, revision.urgency) == (Change.CORRECT, True, Urgency.CRITICAL)
    assert {d for tier in revision.tiers for d in tier.districts or ()} == towns("akai-1", "akai-2")
    river.services.clock.forward(minutes=5)
    assert river.send("４", "赤井二丁目", info_type="訂正").revisions == ()


def test_a_correction_that_comes_before_the_first_push_is_sent_goes_to_the_whole_city(river, live):
    register(live, Registration(Address("token", "t"), Platform.ANDROID, "ja", (), normal_pushes=True))
    river.send("４", "赤井一丁目")
    (revision,) = river.send("４", "赤井二丁目", info_type="訂正").revisions
    assert revision.tiers[-1].districts is None


def test_a_step_down_that_waited_says_what_holds_then(river):
    river.send("４", "赤井一丁目")
    river.services.clock.forward(minutes=2)
    river.send("３", "赤井一丁目")
    river.services.clock.forward(minutes=20)
    (revision,) = settle(river.services)
    assert (revision.change, revision.level) == (Change.LOWER, 3)


def test_a_district_that_nobody_in_it_heard_of_is_told_again(stepping):
    services = stepping.services
    register(
        services, Registration(Address("token", "t"), Platform.ANDROID, "ja", ("27218-hojo-1",), normal_pushes=True)
    )
    stepping.send("３", "赤井一丁目")
    deliver(services, PushResult.ACCEPTED)
    services.clock.forward(minutes=30)
    assert stepping.send("３", "赤井一丁目 北条").revisions[0].change is Change.ISSUE
    deliver(services, PushResult.EXPIRED)
    services.clock.forward(minutes=30)
    (again,) = stepping.send("３", "赤井一丁目 北条").revisions
    assert (again.change, again.pushed) == (Change.ISSUE, True)


def deliver(services: Services, result: PushResult) -> None:
    """Everything due is handed to a provider that answers always the same."""

    class Provider:
        channel = "none"

        def send(self, jobs, clock, record) -> None:
            for job in jobs:
                if job is not None:
                    record([PushOutcome(target.device, result, chunk=job.chunk) for target in job.targets])

        def close(self) -> None:
            """Nothing is open."""

    with services.database.read() as uow:
        due = uow.chunks.due(services.clock.now(), 100)
    for chunk in due:
        deliver_chunk(replace(services, sender=Provider()), chunk, "w")
