"""Whatever the feed looks like at each poll, and whatever fails: each wanted telegram comes in, and is fetched once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from feed_server import TELEGRAM
from feed_station import START
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.ports import FeedAnswer, FeedReader, FeedUnavailableError
from alerts.service.feeds import FeedSettings, poll_due

BASE = "https://feeds.example/developer/xml/feed/"
WANTED, UNWANTED = "VXSE53_270000", "VPWW55_160000"

_example = count()


@dataclass
class ScriptedReader(FeedReader):
    """A feed as a list of addresses, which a test changes at will; each name in `failing` fails once."""

    feed: list[tuple[str, int]] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def poll(self, url: str, etag: str | None, last_modified: str | None) -> FeedAnswer:
        self._fail(url)
        entries = "".join(
            f"<entry><id>{address}</id><updated>{(START + timedelta(seconds=second)).isoformat()}</updated></entry>"
            for address, second in self.feed
        )
        return self._answer(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode())

    def fetch(self, url: str) -> FeedAnswer:
        self._fail(url)
        self.fetched.append(url)
        return self._answer(TELEGRAM)

    def _answer(self, body: bytes) -> FeedAnswer:
        return FeedAnswer(body, None, None, 60.0, len(body))

    def _fail(self, url: str) -> None:
        if url in self.failing:
            self.failing.remove(url)
            raise FeedUnavailableError("scripted")


entries = st.tuples(st.integers(0, 12), st.booleans())  # number of the telegram, and whether it is wanted
looks = st.lists(st.lists(entries, min_size=1, max_size=10), min_size=1, max_size=5)  # the feed at each poll
failures = st.lists(st.one_of(st.just("feed"), st.integers(0, 12)), max_size=6)
deaths = st.lists(st.sampled_from(["", "before", "after"]), max_size=3)  # of the process, while telegrams are taken in
examples = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # feeds have new names
)


class Dying:
    """Takes telegrams in; the process dies before or after as the script says."""

    class KilledError(BaseException):
        """Nothing catches it."""

    def __init__(self, script: list[str], services) -> None:
        self.script, self.services, self.taken = list(script), services, []

    def __call__(self, services, batch) -> None:
        death = self.script.pop(0) if self.script else ""
        if death != "before":
            self.taken.extend(incoming.id for incoming in batch)
        if death:
            raise self.KilledError


def run(services, reader: ScriptedReader, feeds: FeedSettings, take: Dying, rounds: int) -> None:
    for _ in range(rounds):
        services.clock.advance(seconds=310)
        try:
            poll_due(services, reader, feeds, take=take)
        except Dying.KilledError:
            continue


@pytest.mark.parametrize("new_database_url", ["sqlite"], indirect=True)  # the crash tests run on both
@examples
@given(looks=looks, failures=failures, deaths=deaths)
def test_r9_r23_every_wanted_telegram_comes_in_and_none_is_fetched_twice_unless_the_process_died(
    services, looks: list[list[tuple[int, bool]]], failures: list[str | int], deaths: list[str]
) -> None:
    number, reader, take = next(_example), ScriptedReader(), Dying(deaths, services)
    feeds = FeedSettings(BASE, feeds=(f"f{number}",))
    feed_url = feeds.url(f"f{number}")

    def address(entry: tuple[int, bool]) -> str:
        return f"{BASE}{number}_{entry[0]}_{WANTED if entry[1] else UNWANTED}.xml"

    reader.failing = [feed_url if f == "feed" else address((f, True)) for f in failures]
    for look in looks:
        reader.feed = [(address(entry), entry[0]) for entry in look]
        run(services, reader, feeds, take, rounds=1)
        while feed_url in reader.failing:
            run(services, reader, feeds, take, rounds=1)
    run(services, reader, feeds, take, rounds=10)

    wanted = {address(entry) for look in looks for entry in look if entry[1]}
    died = sum(bool(death) for death in deaths)
    assert set(take.taken) == wanted
    assert max(Counter(reader.fetched).values(), default=0) <= 1 + died
