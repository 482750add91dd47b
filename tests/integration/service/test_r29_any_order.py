"""Any order, any repeats and a crash at any call to the store end in the situation of orderly delivery (R29)."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from alerts.alert import Change
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.store import alarms, alerts, chunks, devices, situation, telegrams, versions
from alerts.store.tables import metadata
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType

OWN = Path(__file__).parents[2] / "telegrams"
QUAKE_REGION, CITY_INTENSITY = b"<Code>520</Code>", b"<Code>2721800</Code>\n              <MaxInt>5- </MaxInt>"
TSUNAMI = "<Kind>\n              <Name>津波注意報</Name>\n              <Code>62</Code>".encode()
SUMIDOU = "【警戒レベル３相当】寝屋川の住道".encode()
REPOSITORIES = (alarms.AlarmRepository, alerts.AlertRepository, chunks.ChunkRepository, devices.DeviceRepository)
REPOSITORIES += (situation.SituationRepository, telegrams.TelegramRepository, versions.VersionRepository)


class CrashError(BaseException):
    """The process dies here."""


@dataclass
class Fuse:
    """Burns down with every call to a repository; None never does."""

    left: int | None = None

    def burn(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise CrashError


@pytest.fixture
def fuse(monkeypatch):
    fuse = Fuse()

    def burning(call: Callable[..., object]) -> Callable[..., object]:
        @wraps(call)
        def burnt(*values, **named):
            fuse.burn()
            found = call(*values, **named)
            fuse.burn()
            return found

        return burnt

    for repository in REPOSITORIES:
        for name, call in inspect.getmembers(repository, inspect.isfunction):
            if not name.startswith("_"):
                monkeypatch.setattr(repository, name, burning(call))
    return fuse


@dataclass(frozen=True)
class Told:
    """What one telegram of the story says."""

    kind: str
    says: object
    event: str = ""
    info_type: InfoType = InfoType.ISSUE


FIRST, SECOND = "20260901120000", "20260901120500"
WORDS = {InfoType.RETRACTION: "取消", InfoType.CORRECTION: "訂正"}
events = st.sampled_from([FIRST, SECOND])
issued_or_not = st.sampled_from([InfoType.ISSUE, InfoType.RETRACTION])
warnings = st.one_of(
    st.builds(Told, st.just("VPWW56"), st.sampled_from([None, "29", "09", "49", "39"]), info_type=issued_or_not),
    st.builds(Told, st.just("VPWW61"), st.sampled_from([None, "14", "14+20", "14+unknown", "unknown"])),
)
quakes = st.builds(
    Told, st.sampled_from(["VXSE51", "VXSE53"]), st.sampled_from(["4", "5-", "6+", None]), events, issued_or_not
)
tsunamis = st.builds(Told, st.just("VTSE41"), st.sampled_from(["52", "51", "62", "60"]), events, issued_or_not)
floods = st.builds(Told, st.just("VXKO52"), st.sampled_from(["２", "３", "４", "５"]), info_type=issued_or_not)
bulletins = st.builds(
    Told,
    st.just("VPBS50"),
    st.sampled_from(["線状降水帯発生", "線状降水帯発生 記録雨", "記録雨", None]),
    events,
    st.sampled_from([InfoType.ISSUE, *WORDS]),
)
kinds = (warnings, quakes, tsunamis, floods, bulletins)
families = (*kinds, st.one_of(*kinds))
stories = st.one_of(*(st.lists(family, min_size=2, max_size=6) for family in families))
QUAKE_THAT_SPARED_THE_CITY = [Told("VXSE51", "5-", FIRST), Told("VXSE53", None, FIRST)]
FALSE_SECOND_QUAKE = [
    Told("VXSE51", "5-", FIRST),
    Told("VXSE53", "6+", FIRST),
    Told("VXSE53", "6+", FIRST, InfoType.RETRACTION),
]
FALSE_SECOND_TSUNAMI = [
    Told("VTSE41", "51", FIRST),
    Told("VTSE41", "52", SECOND),
    Told("VTSE41", "52", SECOND, InfoType.RETRACTION),
]
WRONG_SECOND_RAINBAND = [
    Told("VPBS50", "線状降水帯発生", FIRST),
    Told("VPBS50", "線状降水帯発生 記録雨", SECOND),
    Told("VPBS50", "記録雨", SECOND, InfoType.CORRECTION),
]
REPEATED_BEFORE_A_FALSE_EVENT = [
    Told("VTSE41", "52", SECOND),
    Told("VTSE41", "52", SECOND),
    Told("VTSE41", "52", FIRST),
    Told("VTSE41", "52", FIRST, InfoType.RETRACTION),
]
HELD_IN_PART = [Told("VPWW61", "14+20"), Told("VPWW61", "14+unknown")]


def telegram(jma, told: Told, number: int, issued_at):
    """The bytes of one telegram of the story."""
    if told.kind in {"VPWW56", "VPWW61"}:
        return _warning(jma, told, issued_at)
    file = next(OWN.glob(f"*_{told.kind}_*.xml"))
    raw = file.read_bytes()
    if told.event:
        raw = re.sub(rb"<EventID>[^<]*<", f"<EventID>{told.event}<".encode(), raw)
    raw = raw.replace("<InfoType>発表<".encode(), f"<InfoType>{WORDS.get(told.info_type, '発表')}<".encode())
    raw = _SAYS[told.kind](raw, told.says)
    raw = re.sub(rb"<DateTime>[^<]*<", f"<DateTime>{issued_at:%Y-%m-%dT%H:%M:%SZ}<".encode(), raw)
    return Incoming(f"{number:02}", file.name, raw, jma.clock.now())


def _warning(jma, told, issued_at):
    said = {"14+20": ["14", "20"], "14+unknown": ["14", "20"], "unknown": ["20"], None: None}
    codes = said.get(told.says, [told.says])
    stated = [Stated(code) for code in codes] if codes else None
    made = jma.telegram(told.kind, stated, issued_at=issued_at, info_type=told.info_type)
    if told.says and "unknown" in told.says:
        return Incoming(made.id, made.file, made.raw.replace(b"<Code>20<", b"<Code>99<"), made.seen_at)
    return made


def _region(raw, says):
    """First intensities: the city's region with a value, or another region."""
    if says is None:
        return raw.replace(QUAKE_REGION, b"<Code>521</Code>")
    return re.sub(rb"(<Code>520</Code>\s*<MaxInt>)[^<]*", rb"\g<1>" + says.encode(), raw)


def _city(raw, says):
    if says is None:
        return raw.replace(CITY_INTENSITY, CITY_INTENSITY.replace(b"2721800", b"2721900"))
    return raw.replace(CITY_INTENSITY, CITY_INTENSITY.replace(b"5- ", says.encode()))


def _tags(raw, says):
    """A bulletin with these tags, or one for another prefecture."""
    if says is None:
        return raw.replace(b"<Code>270000<", b"<Code>280010<")
    return raw.replace("<Condition>線状降水帯発生<".encode(), f"<Condition>{says}<".encode())


_SAYS = {
    "VPBS50": _tags,
    "VXSE51": _region,
    "VXSE53": _city,
    "VTSE41": lambda raw, says: raw.replace(TSUNAMI, f"<Kind><Name>名</Name><Code>{says}</Code>".encode()),
    "VXKO52": lambda raw, says: raw.replace(SUMIDOU, f"【警戒レベル{says}相当】寝屋川の住道".encode()),
}


def forget(services):
    with services.database.write() as uow:
        for table in reversed(metadata.sorted_tables):
            if table.name != "meta":
                uow.connection.execute(delete(table))


def test_a_false_second_event_leaves_what_the_first_one_said(live, jma, clock):
    for story, left in (
        (FALSE_SECOND_QUAKE, ["5-"]),
        (FALSE_SECOND_TSUNAMI, ["51"]),
        (WRONG_SECOND_RAINBAND, ["線状降水帯発生", "記録雨"]),
    ):
        begin = clock.now() - timedelta(minutes=30)
        for number, one in enumerate(story):
            receive(live, [telegram(jma, one, number, begin + timedelta(minutes=number))])
        assert sorted(said[0] for said in situation_of(live).values()) == sorted(left)
        forget(live)


def situation_of(services):
    with services.database.read() as uow:
        return {
            (one.chain, one.hazard): (one.code, one.level, one.rank, one.issued_at, one.telegram_id, one.valid_until)
            for one in uow.situation.in_force()
        }


def pushed(services):
    """Every push in the order of its making, by alert."""
    with services.database.read() as uow:
        found = {one.id: uow.alerts.revisions(one.id) for one in uow.alerts.recent(100)}
    return {alert: [one for one in made if one.pushed] for alert, made in found.items()}


def assert_no_second_ring(services):
    for alert, made in pushed(services).items():
        ranks = [0 if one.change in {Change.END, Change.RETRACT} else one.rank for one in made]
        assert all(before != after for before, after in pairwise(ranks)), f"{alert}: {ranks}"


def deliver(services, fuse, poll, burns):
    fuse.left = burns
    try:
        receive(services, poll)
    except CrashError:
        return
    finally:
        fuse.left = None


def check(live, jma, clock, fuse, story, chaos, together):
    """Delivers a story in order, then again into an empty world in whatever way, and compares.

    Chaos is polls, each of the telegrams it brings and the call in which the process dies; what never came then comes
    from the end, so many together in a poll.
    """
    begin = clock.now() - timedelta(minutes=30)
    told = [telegram(jma, one, number, begin + timedelta(minutes=number)) for number, one in enumerate(story)]
    forget(live)
    for one in told:
        receive(live, [one])
    orderly = situation_of(live)
    assert_no_second_ring(live)
    forget(live)
    for places, burns in chaos:
        deliver(live, fuse, [told[place] for place in dict.fromkeys(place % len(told) for place in places)], burns)
    for end in range(len(told), 0, -together):
        receive(live, told[max(0, end - together) : end])
    assert situation_of(live) == orderly
    assert_no_second_ring(live)
    before = pushed(live)
    receive(live, told)
    assert pushed(live) == before, "everything once more rings nowhere"


polls = st.lists(st.integers(0, 20), min_size=1, max_size=3)
deliveries = st.lists(st.tuples(polls, st.none() | st.integers(0, 60)), max_size=4)
bounded = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@pytest.mark.no_cover
@pytest.mark.parametrize("new_database_url", ["sqlite"], indirect=True)
@settings(max_examples=40, **bounded)
@example(story=QUAKE_THAT_SPARED_THE_CITY, chaos=[], together=1)
@example(story=FALSE_SECOND_QUAKE, chaos=[], together=1)
@example(story=FALSE_SECOND_TSUNAMI, chaos=[], together=1)
@example(story=WRONG_SECOND_RAINBAND, chaos=[], together=1)
@example(story=WRONG_SECOND_RAINBAND, chaos=[([2, 1], 30)], together=3)
@example(story=REPEATED_BEFORE_A_FALSE_EVENT, chaos=[], together=2)
@example(story=HELD_IN_PART, chaos=[([1], 7)], together=1)
@given(story=stories, chaos=deliveries, together=st.integers(1, 4))
def test_any_order_repeats_and_crashes_end_in_the_orderly_situation(live, jma, clock, fuse, story, chaos, together):
    check(live, jma, clock, fuse, story, chaos, together)


@pytest.mark.parametrize("new_database_url", ["postgresql"], indirect=True)
@settings(max_examples=6, **bounded)
@given(story=stories, chaos=deliveries, together=st.integers(1, 4))
def test_so_they_do_on_the_big_database(live, jma, clock, fuse, story, chaos, together):
    check(live, jma, clock, fuse, story, chaos, together)
