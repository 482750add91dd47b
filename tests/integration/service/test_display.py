"""Display telegrams reach the app and no phone: newest wins, retractions remove, drills stay out (contract.md)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from alerts.service import queries
from alerts.service.arrival import Incoming
from alerts.service.display import forget_shown
from alerts.service.receive import receive
from alerts.service.services import Services
from workers.app import create_app

TELEGRAMS = Path(__file__).parents[2] / "telegrams"
SENT = {"VPFJ51": "2026-07-02T07:30:12Z", "VPFD61": "2026-07-02T08:00:00Z", "VZSE40": "2026-07-02T02:00:00Z"}
EXERCISE = ("<Status>通常</Status>", "<Status>訓練</Status>")
TEST = ("<Status>通常</Status>", "<Status>試験</Status>")
RETRACTION = ("<InfoType>発表</InfoType>", "<InfoType>取消</InfoType>")
ELSEWHERE = ("<Code>270000</Code>", "<Code>180010</Code>")


def telegram(kind: str, *changes: tuple[str, str], minute: int = 0, id_: str = "") -> Incoming:
    """An own telegram, sent so many minutes later, with changes that must be possible."""
    (file,) = TELEGRAMS.glob(f"*_{kind}_*.xml")
    text = file.read_text(encoding="utf-8")
    sent = datetime.fromisoformat(SENT[kind]) + timedelta(minutes=minute)
    for old, new in ((SENT[kind], f"{sent.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"), *changes):
        assert old in text, f"{file.name} has no {old}"
        text = text.replace(old, new)
    return Incoming(id_ or f"{minute:03d}-{file.name}-{len(text)}", file.name, text.encode(), sent)


LATE = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _second_of_july(clock) -> None:
    clock.time = datetime(2026, 7, 2, 9, tzinfo=UTC)


def headlines(services: Services) -> list[str | None]:
    return [each.headline for each in queries.displays(services)]


def bring(services: Services, telegrams: Iterable[Incoming]) -> None:
    for each in telegrams:
        receive(services, [each])


def version(services: Services) -> int:
    return queries.look(services).versions.get("displays", 0)


def saying(text: str) -> tuple[str, str]:
    return ("大阪府では、３日にかけて、土砂災害や低い土地の浸水に注意してください。", text)


def test_a_commentary_is_shown_with_its_content_and_nobody_is_told(live):
    (received,) = receive(live, [telegram("VPFJ51")])
    (shown,) = queries.displays(live)
    assert (shown.type, shown.title) == ("VPFJ51", "大阪府気象解説情報（大雨・雷）")
    assert shown.content["tags"] == ["大雨", "落雷"]
    assert shown.issued_at == datetime(2026, 7, 2, 7, 30, 12, tzinfo=UTC)
    assert received.revisions == ()
    with live.database.read() as uow:
        assert uow.alerts.recent(10) == []


STORY = (
    telegram("VPFJ51", minute=0),
    telegram("VPFJ51", saying("２番目"), minute=5),
    telegram("VPFJ51", saying("３番目"), minute=10),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_of_a_chain_is_shown_in_whatever_order_they_come(live, order):
    bring(live, (STORY[place] for place in order))
    assert headlines(live) == ["３番目"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_was_withdrawn_is_gone_in_whatever_order_they_come(live, order):
    story = (*STORY[:2], telegram("VPFJ51", RETRACTION, minute=10))
    bring(live, (story[place] for place in order))
    assert headlines(live) == []


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_commentary_that_speaks_of_the_city_no_more_is_gone(live, order):
    story = (telegram("VPFJ51"), telegram("VPFJ51", ELSEWHERE, minute=5))
    bring(live, (story[place] for place in order))
    assert headlines(live) == []


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_two_telegrams_of_one_second_end_in_the_same_state(live, order):
    story = (telegram("VPFJ51", saying("ａ"), id_="a"), telegram("VPFJ51", saying("ｂ"), id_="b"))
    bring(live, (story[place] for place in order))
    assert headlines(live) == ["ｂ"]


def test_another_event_is_shown_beside_it(live):
    bring(live, [telegram("VPFJ51"), telegram("VPFJ51", ("JPOS260020", "JPOS260021"), saying("別の情報"), minute=1)])
    assert headlines(live) == ["別の情報", saying("")[0]]


def test_the_same_again_changes_nothing(live):
    bring(live, [telegram("VPFJ51")])
    before = version(live)
    bring(live, [telegram("VPFJ51"), telegram("VPFJ51", saying("古い"), minute=-5)])
    assert before == version(live) == 1


@pytest.mark.parametrize("status", [EXERCISE, TEST])
@pytest.mark.parametrize("kind", ["VPFJ51", "VPFD61", "VZSE40"])
def test_r1_a_drill_never_shows_in_the_live_world(live, kind, status):
    bring(live, [telegram(kind, status)])
    assert headlines(live) == []
    assert version(live) == 0


@pytest.mark.parametrize("status", [EXERCISE, TEST])
def test_r1_a_drill_neither_replaces_nor_withdraws_what_is_shown(live, status):
    bring(live, [telegram("VPFJ51"), telegram("VPFJ51", status, saying("訓練"), minute=1)])
    bring(live, [telegram("VPFJ51", status, RETRACTION, minute=2)])
    assert headlines(live) == [saying("")[0]]


def test_r1_a_drill_world_shows_it(drill):
    bring(drill, [telegram("VPFJ51", EXERCISE)])
    assert headlines(drill) == [saying("")[0]]


def test_r16_a_broken_telegram_leaves_what_is_shown(live):
    whole = telegram("VPFJ51", minute=5)
    start, end = whole.raw.index(b"<MeteorologicalInfos"), whole.raw.index(b"</Body>")
    empty = Incoming("empty", whole.file, whole.raw[:start] + whole.raw[end:], whole.seen_at)
    bring(live, [telegram("VPFJ51"), empty])
    assert headlines(live) == [saying("")[0]]
    with live.database.read() as uow:
        assert [each.id for each in uow.telegrams.held(10)] == ["empty"]


def test_a_telegram_from_the_future_does_not_silence_its_chain(live, clock):
    future = telegram("VPFJ51", saying("未来"), minute=3 * 24 * 60)
    bring(live, [replace(future, seen_at=clock.now())])
    clock.forward(minutes=10)
    bring(live, [telegram("VPFJ51", saying("現在"), minute=100)])
    assert headlines(live) == ["現在"]


def test_an_outlook_is_shown_until_its_last_period_is_over(live, clock):
    bring(live, [telegram("VPFD61")])
    clock.time = datetime(2026, 7, 2, 20, 59, tzinfo=UTC)
    assert len(queries.displays(live)) == 1
    clock.forward(minutes=1)
    assert queries.displays(live) == ()


def kept(services: Services) -> set[str]:
    with services.database.read() as uow:
        return {key.split("/")[1] for key in uow.displays.over(LATE, LATE, 1000)}


def test_what_is_over_is_dropped_when_no_late_telegram_can_bring_it_back(live, clock):
    bring(live, [telegram("VPFD61"), telegram("VPFJ51"), telegram("VPFJ51", RETRACTION, minute=1)])
    clock.time += timedelta(days=4)
    assert (forget_shown(live), headlines(live)) == (0, []), "over, and an older one may still come"
    bring(live, [telegram("VPFJ51", id_="late")])
    assert headlines(live) == []
    clock.time += timedelta(days=5)
    before = version(live)
    assert forget_shown(live) == 2
    assert (kept(live), version(live)) == (set(), before)
    assert forget_shown(live) == 0


def test_what_is_still_shown_stays_however_old_it_is(live, clock):
    bring(live, [telegram("VZSE40"), telegram("VPFD61")])
    clock.time += timedelta(days=20)
    assert forget_shown(live) == 1
    assert kept(live) == {"VZSE40"}
    assert len(headlines(live)) == 1


def test_many_are_dropped_in_small_steps(live, clock):
    events = [("JPOS260020", f"JPOS27{n:04}") for n in range(120)]
    bring(live, [telegram("VPFJ51", event, id_=event[1]) for event in events])
    clock.time += timedelta(days=30)
    assert [forget_shown(live) for _ in range(3)] == [100, 20, 0]


def test_the_schedule_drops_them_in_both_worlds(live, drill, clock):
    for services in (live, drill):
        bring(services, [telegram("VPFJ51")])
    clock.time += timedelta(days=30)
    create_app({"live": live, "drill": drill}, "redis://127.0.0.1:1/0").tasks["watch.sweep"]()
    assert (kept(live), kept(drill)) == (set(), set())
