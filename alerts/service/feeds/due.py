"""One round: every feed that has something to do is visited, none waits for another (R9)."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait

from alerts.ports import FeedReader
from alerts.service.feeds.errand import Errand, Take
from alerts.service.feeds.fetch import fetch_due
from alerts.service.feeds.poll import poll, remember
from alerts.service.feeds.settings import FeedSettings
from alerts.service.receive import receive
from alerts.service.services import Services
from alerts.world import require_live

_log = logging.getLogger(__name__)


def poll_due(services: Services, reader: FeedReader, settings: FeedSettings, *, take: Take = receive) -> int:
    """Polls the feeds that are due and fetches what they announced; returns how many telegrams came in.

    Call it every second, from as many processes as you like: what one has claimed, the others leave alone. A feed that
    takes longer than `settings.patience_seconds` is left to its thread and its time-outs, so that the next round comes.
    Raises `WorldMismatchError` in a drill world, which hears nothing but its script (R1).
    """
    require_live(services.world)
    errand = Errand(services, reader, settings, take)
    names = _due(errand)
    if not names:
        return 0
    threads = ThreadPoolExecutor(len(names), thread_name_prefix="feed")
    visits = [threads.submit(_visit, errand, name) for name in names]
    threads.shutdown(wait=False)
    done, slow = wait(visits, timeout=settings.patience_seconds)
    for visit in slow:
        visit.add_done_callback(_say_if_failed)
    return sum(visit.result() for visit in done)


def _due(errand: Errand) -> list[str]:
    names, now, database = errand.settings.names, errand.services.clock.now(), errand.services.database
    with database.read() as uow:
        unknown = set(names) - uow.feeds.names()
        due = uow.feeds.due(names, now)
    if not unknown:
        return due
    with database.write() as uow:
        uow.feeds.ensure(sorted(unknown), now)
    return sorted(unknown.union(due))


def _visit(errand: Errand, name: str) -> int:
    polled = poll(errand, name)
    received = fetch_due(errand, name)
    if polled:
        remember(errand, polled)
    return received


def _say_if_failed(visit: Future[int]) -> None:
    """Nobody waits for this one any more: the log is the only place for its error."""
    if error := visit.exception():
        _log.error("a feed that took long failed in the end", exc_info=error)
