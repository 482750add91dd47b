"""The database goes away in the middle of a fan-out, with and without a word, and comes back (R15, R27).

Longer than a lease by default; `pytest tests/faults/test_database_away.py --away 30` is the length that is asked for.
"""

import time

import pytest
from forked import BRISK, MOST_SECONDS, assert_everybody_was_told, has_ended_sending, not_written, sends
from wire import Wire


@pytest.fixture
def service(service, postgres):
    """On PostgreSQL; its workers are given another way to it, `wire`."""
    name = postgres.take("drill_template")
    service.use(drill_database_url=postgres.url(name))
    yield service
    service.close()
    postgres.give_back("drill_template", name)


@pytest.fixture
def wire(postgres):
    wire = Wire(postgres.folder / ".s.PGSQL.5432")
    yield wire
    wire.close()


@pytest.fixture
def away(request):
    """Seconds that the database is away at least."""
    return float(request.config.getoption("away", 0))


@pytest.mark.timeout(2 * MOST_SECONDS)
@pytest.mark.parametrize("how", ["cut", "silence"])
def test_r15_r27_a_database_that_goes_away_stops_the_sender_and_nobody_is_lost(
    slow_service, workers, wire, away, until, how
):
    direct = slow_service.settings.drill_database_url
    wired = direct.replace("@/", f"@127.0.0.1:{wire.port}/").partition("?")[0]
    slow_service.use(fcm_quota=BRISK, drill_database_url=wired)
    workers.start()
    slow_service.use(drill_database_url=direct)
    until(sends(slow_service))
    getattr(wire, how)()
    gone_at = time.monotonic()
    until(has_ended_sending(slow_service))
    told, unknown = slow_service.accepted(), not_written(slow_service)
    assert slow_service.open_chunks(), "the fan-out was over before the database was away"
    until(lambda: time.monotonic() > gone_at + away)
    assert slow_service.accepted() == told, "somebody was told while no outcome could be recorded"
    wire.mend()
    until(lambda: not slow_service.open_chunks(), seconds=MOST_SECONDS)
    assert_everybody_was_told(slow_service, unknown + workers.left_in_doubt())
