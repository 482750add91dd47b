"""A simulation says what the real way would do, by the real way, and nothing comes of it (issue 4, R7)."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from alerts.alert import Change
from alerts.ports import Address, Platform
from alerts.proposal import EvacuationOrder
from alerts.service.deliver import deliver_chunk
from alerts.service.propose import propose
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.simulate import simulate
from alerts.service.simulated import (
    Draft,
    DraftError,
    UnknownStepError,
    UnknownTelegramError,
    drafted,
    drill_step,
    raw_telegram,
    stored_telegram,
)
from alerts.service.simulation import Against
from alerts.store.engine import engine_for
from alerts.store.tables import metadata
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import Status

LANDSLIDE = "VPWW56"
L3, L4 = Stated("09"), Stated("49")
DRAFT = Draft(LANDSLIDE, (L4,), "")


def everything(services) -> dict[str, list[tuple]]:
    """Every row of every table of the real database."""
    engine = engine_for(services.database.safe_url)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in metadata.sorted_tables
        }
    engine.dispose()
    return rows


def bytes_of(services) -> list[str]:
    """The database's files, where it has any."""
    name = make_url(services.database.safe_url).database
    files = sorted(Path(name).parent.glob(f"{Path(name).name}*")) if Path(name).exists() else []
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if not file.name.endswith("-shm")]


@pytest.fixture
def city(live, pack):
    """A live world with five phones: three languages, one hillside, one that wants no ordinary notices."""
    hillside = pack.groups["hazard_zone:mountain"].districts[0]
    phones = [("ja", (hillside,), True), ("ja", (), True), ("en", (), True), ("tlh", (), True), ("ja", (), False)]
    for number, (language, districts, normal) in enumerate(phones):
        register(live, Registration(Address("token", f"t{number}"), Platform.IOS, language, districts, normal))
    return live


@pytest.mark.parametrize("against", Against)
@pytest.mark.parametrize("source", ["draft", "stored", "raw", "broken", "exercise"])
def test_nothing_comes_of_it(city, jma, nudges, caplog, against, source):
    known = jma.telegram(LANDSLIDE, [L3])
    receive(city, [known])
    propose(city)
    incoming = {
        "draft": lambda: drafted(city, DRAFT),
        "stored": lambda: stored_telegram(city, known.id),
        "raw": lambda: raw_telegram(city, known.raw, known.file),
        "broken": lambda: raw_telegram(city, b"<Report", "broken.xml"),
        "exercise": lambda: jma.telegram(LANDSLIDE, [L4], status=Status.EXERCISE),
    }[source]()
    rows, files, nudged = everything(city), bytes_of(city), list(nudges.chunks)
    caplog.clear()
    simulate(city, incoming, against)
    assert everything(city) == rows
    assert bytes_of(city) == files
    assert nudges.chunks == nudged
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}]


def test_the_real_database_is_never_opened_for_writing(city, jma, monkeypatch):
    jma.send(LANDSLIDE, L3)
    monkeypatch.setattr(city.database, "write", lambda: pytest.fail("a simulation wrote"))
    simulation = simulate(city, drafted(city, DRAFT), Against.NOW)
    assert [push.revision.change for push in simulation.pushes] == [Change.RAISE]


@pytest.mark.parametrize("against", Against)
def test_it_says_what_then_really_happens(city, jma, nudges, against):
    incoming = jma.telegram(LANDSLIDE, [L4])
    (push,) = simulate(city, incoming, against).pushes
    (received,) = receive(city, [incoming])
    assert received.revisions == (push.revision,)
    for chunk in nudges.chunks:
        deliver_chunk(city, chunk, "w")
    with city.database.read() as uow:
        sent = uow.messages.outbox(100)
    texts = {(text.tier, text.language): (text.title, text.body) for text in sent}
    told = {(tier.tier, one.language): (one.title, one.body) for tier in push.tiers for one in tier.texts}
    assert texts.items() <= told.items()
    assert push.phones == sum(sum(text.results.values()) for text in sent) == 5


def test_phones_are_counted_by_the_language_they_are_set_to(city):
    (push,) = simulate(city, drafted(city, DRAFT), Against.EMPTY).pushes
    by_language = [tier.phones for tier in push.tiers]
    assert by_language[0] == {"ja": 1}
    assert by_language[-1] == {"en": 1, "ja": 2, "tlh": 1}
    assert (push.phones, push.untold, push.reach) == (5, 0, "whole_city")


def test_who_chose_no_ordinary_notices_is_counted_apart(city):
    (push,) = simulate(city, drafted(city, Draft(LANDSLIDE, (Stated("29"),), "")), Against.EMPTY).pushes
    assert (push.phones, push.untold) == (4, 1)


def test_r7_an_empty_audience_is_said(live):
    (push,) = simulate(live, drafted(live, DRAFT), Against.EMPTY).pushes
    assert (push.phones, push.reach) == (0, "nobody")
    assert push.districts == live.pack.matching.districts_of(push.revision.tiers)


def test_against_now_what_is_known_is_quiet_and_against_nothing_it_is_told(city, jma, clock):
    incoming = jma.telegram(LANDSLIDE, [L4])
    receive(city, [incoming])
    clock.forward(minutes=1)
    again = drafted(city, Draft(LANDSLIDE, (Stated("49", "継続", "49"),), ""))
    now = simulate(city, again, Against.NOW)
    assert (now.pushes, now.proposals) == ((), now.proposals)
    assert "known already" in now.why_nothing
    assert [push.revision.pushed for push in simulate(city, again, Against.EMPTY).pushes] == [True]


def test_against_now_an_old_telegram_is_too_late(city, jma, clock):
    incoming = jma.telegram(LANDSLIDE, [L4])
    clock.forward(hours=7)
    (push,) = simulate(city, incoming, Against.NOW).pushes
    assert (push.revision.pushed, push.phones) == (False, 0)
    assert "too late" in push.revision.reason


def test_a_stored_telegram_is_simulated_as_if_it_were_the_first(city, jma):
    jma.send(LANDSLIDE, L4)
    with city.database.read() as uow:
        (alert,) = uow.alerts.recent(1)
        (revision,) = uow.alerts.revisions(alert.id)
    simulation = simulate(city, stored_telegram(city, revision.telegram_id), Against.EMPTY)
    assert [push.revision.change for push in simulation.pushes] == [Change.ISSUE]
    assert simulate(city, stored_telegram(city, revision.telegram_id), Against.NOW).pushes == ()


def test_the_order_that_would_be_proposed_is_shown_unless_it_is_already(city, jma):
    assert [one.order for one in simulate(city, drafted(city, DRAFT), Against.EMPTY).proposals] == [
        EvacuationOrder.EVACUATION
    ]
    jma.send(LANDSLIDE, L4)
    propose(city)
    assert simulate(city, drafted(city, DRAFT), Against.NOW).proposals == ()


def test_r1_an_exercise_does_nothing_in_the_live_world_and_is_marked_in_the_drill(city, drill):
    for services, count in ((city, 0), (drill, 1)):
        simulation = simulate(services, drill_step(services, "storm", 9), Against.EMPTY)
        assert len(simulation.pushes) == count
    (text, *_) = simulation.pushes[0].tiers[0].texts
    assert "訓練" in text.title or "DRILL" in text.title
    assert "R1" in simulate(city, drill_step(city, "storm", 9), Against.EMPTY).why_nothing


def test_a_broken_telegram_is_answered_with_the_reason(city):
    simulation = simulate(city, raw_telegram(city, b"<html/>", "x.xml"), Against.NOW)
    assert (simulation.reading.outcome, simulation.pushes) == ("hold", ())
    assert "Not a JMA telegram" in simulation.why_nothing


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda services: stored_telegram(services, "t0"), UnknownTelegramError, "t0"),
        (lambda services: drill_step(services, "storm", 99), UnknownStepError, "no step 99"),
        (lambda services: drafted(services, Draft("VXSE53", (L4,), "")), DraftError, "VXSE53"),
        (lambda services: drafted(services, Draft(LANDSLIDE, (Stated("99"),), "")), DraftError, "99"),
        (lambda services: drafted(services, Draft(LANDSLIDE, (Stated("49", "開始"),), "")), DraftError, "開始"),
    ],
    ids=["unknown telegram", "unknown step", "unknown type", "unknown code", "unknown status"],
)
def test_what_cannot_be_simulated_is_refused(live, ask, error, said):
    with pytest.raises(error, match=said):
        ask(live)
