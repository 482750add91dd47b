"""After the same storm the store, the long feeds and one VPWS50 make the same situation, side by side (jma.md §1.5)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from feed_station import START
from snapshots import compose_snapshot
from sqlalchemy import delete

from alerts.chain import is_of_warnings
from alerts.service.arrival import Incoming
from alerts.service.rebuild import differences, repair
from alerts.service.recover import differences_from, recover
from alerts.store.tables import hazard_states, metadata
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import InfoType

TESTS = Path(__file__).parents[2]
RAIN, LANDSLIDE, SURGE, STORM, SNOW, OTHER = "VPWW55", "VPWW56", "VPWW57", "VPWW58", "VPWW60", "VPWW61"
ISSUE, CORRECTION, RETRACTION = InfoType.ISSUE, InfoType.CORRECTION, InfoType.RETRACTION
NIGHT = (  # what came in which minute; of one minute is what one poll brings
    (0, OTHER, ["14", "20"], ISSUE),
    (0, RAIN, ["10"], ISSUE),
    (6, RAIN, ["03"], ISSUE),
    (6, LANDSLIDE, ["09"], ISSUE),
    (6, STORM, ["05"], ISSUE),
    (9, "VXKO52", None, ISSUE),
    (20, RAIN, ["33"], ISSUE),
    (20, LANDSLIDE, ["39"], ISSUE),
    (21, "VPBS50", None, ISSUE),
    (22, RAIN, ["43"], CORRECTION),
    (25, SNOW, ["06"], ISSUE),
    (27, SNOW, [], RETRACTION),
    (40, LANDSLIDE, ["49"], ISSUE),
    (41, LANDSLIDE, ["49"], ISSUE),
    (55, OTHER, ["14"], ISSUE),
    (58, SURGE, [], ISSUE),
    (60, STORM, [], ISSUE),
)
LEFT = {RAIN: ["43"], LANDSLIDE: ["49"], OTHER: ["14"]}
BESIDE = {"river_flood", "linear_rainband"}  # a VPWS50 holds no floods and no bulletins
HOURS = timedelta(hours=1, minutes=10)


def telegrams(station):
    """The night's telegrams with the time of each, oldest first."""
    codes = station.services.pack.codes
    for number, (minute, kind, said, info_type) in enumerate(NIGHT):
        at = START + timedelta(minutes=minute, seconds=number)
        if said is None:
            (own,) = (TESTS / "telegrams").glob(f"*_{kind}_*.xml")
            raw = re.sub(
                rb"<DateTime>[^<]*<", f"<DateTime>{at:%Y-%m-%dT%H:%M:%SZ}<".encode(), own.read_bytes(), count=1
            )
        else:
            items = {codes.municipality: [Stated(code) for code in said]} if said else {}
            raw = compose_warning(kind, lone_city(codes, "大阪管区気象台"), items, at, info_type=info_type)
        yield at, f"{at:%Y%m%d%H%M%S}_0_{kind}_270000.xml", raw


def live_through(server, station):
    """A poll each minute of the night; the short feed forgets what is older than ten minutes, the long one nothing."""
    station.poll()
    coming = list(telegrams(station))
    while station.clock.now() < START + HOURS:
        station.clock.advance(minutes=1)
        for at, file, raw in [one for one in coming if one[0] <= station.clock.now()]:
            server.announce("extra", file, at, raw)
            server.announce("extra_l", file, at, raw)
        coming = [one for one in coming if one[0] > station.clock.now()]
        server.forget("extra", station.clock.now() - timedelta(minutes=10))
        station.poll()


def lose(station, *tables):
    with station.services.database.write() as uow:
        for table in tables or [one for one in reversed(metadata.sorted_tables) if one.name != "meta"]:
            uow.connection.execute(delete(table))


def situation(station):
    """Everything in force, with its parts of the city and validity; not since when, which a table does not say."""
    with station.services.database.read() as uow:
        return {
            (one.chain, one.hazard): (one.code, one.level, one.rank, one.name, one.extent, one.valid_until)
            for one in uow.situation.in_force()
        }


def of_warnings(found):
    return {place: said for place, said in found.items() if is_of_warnings(place[0])}


def snapshot(station):
    stated = {kind: [Stated(code, "継続") for code in codes] for kind, codes in LEFT.items()}
    now = station.clock.now()
    raw = compose_snapshot(stated, station.services.pack.codes.municipality, now)
    return Incoming("the table", f"{now:%Y%m%d%H%M%S}_0_VPWS50_010000.xml", raw, now)


@pytest.fixture
def lived(server, station):
    """The situation of who was there all night."""
    live_through(server, station)
    found = situation(station)
    assert {(chain.partition("/")[0], said[0]) for (chain, _), said in of_warnings(found).items()} == {
        (kind, code) for kind, codes in LEFT.items() for code in codes
    }
    assert {hazard for _, hazard in found.keys() - of_warnings(found).keys()} == BESIDE
    return found


def test_store_long_feeds_and_snapshot_make_the_same_situation_side_by_side(server, station, lived) -> None:
    services, table = station.services, snapshot(station)
    assert (differences(services), differences_from(services, table)) == ([], []), "nobody has anything to mend"

    lose(station, hazard_states)
    assert [one for one in repair(services) if one.pushed] == [], "residents know it all"
    from_store = situation(station)

    lose(station)
    again = station.restarted()
    again.run(minutes=3)
    from_long_feeds = situation(station)
    assert len(again.taken) == len(NIGHT)

    lose(station)
    assert [one for one in recover(services, table) if one.pushed] == [], "a first start rings nowhere"
    from_snapshot = situation(station)

    assert lived == from_store == from_long_feeds
    assert from_snapshot == of_warnings(lived)


def test_one_after_the_other_they_change_nothing_and_ring_nowhere(server, station, lived) -> None:
    lose(station)
    station.restarted().run(minutes=3)
    told = recover(station.services, snapshot(station))
    told += repair(station.services)
    assert [one for one in told if one.pushed] == []
    assert situation(station) == lived
