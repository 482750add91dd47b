"""The contenders of `bosai bench ingest`, turn by turn over the same telegrams in one process."""

import gc
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import process_time_ns
from typing import Any

import psutil
from lxml import etree

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.explain import explain
from alerts.telegram.reading import Outcome
from bosai.bench import sources
from bosai.bench.public_reader import PublicReader, public_reader, takes_anything
from bosai.bench.reading_times import BARE, OURS, PUBLIC, ReadTelegram, by, ratio, summary
from bosai.bench.usage import peak_rss_mb

_MS = 1_000_000  # nanoseconds

_Readers = Mapping[str, Callable[[ReadTelegram], object]]


def read_side_by_side(folder: str | None, rounds: int, seconds: float, *, compare: bool) -> dict[str, Any]:
    """Reads and decides each telegram, then parses its bytes with lxml alone; at most `rounds` or `seconds`."""
    pack = load_pack(bundled())
    public = public_reader() if compare else None
    files = sources.telegrams(Path(folder) if folder else None, pack)
    telegrams = [_telegram(file, raw, pack, public) for file, raw in files]
    readers: dict[str, Callable[[ReadTelegram], object]] = {OURS: lambda each: explain(each.raw, each.file, pack)}
    if compare:
        readers[BARE] = lambda each: etree.fromstring(each.raw)
    if public:
        readers[PUBLIC] = lambda each: public(each.raw)
    gc.collect()
    gc.freeze()  # or the same telegram pays for all that was ever loaded, in every round
    done = _take_turns(telegrams, readers, rounds, seconds)
    return _found(telegrams, compare=compare) | {"rounds": done, "peak_rss_mb": peak_rss_mb(psutil.Process())}


def _telegram(file: str, raw: bytes, pack: CityPack, public: PublicReader | None) -> ReadTelegram:
    """Reads it once with every reader: which warms everything up, and tells what it is."""
    reading = explain(raw, file, pack).reading
    read = reading.outcome in {Outcome.LIVE, Outcome.DISPLAY}
    both = read and public is not None and takes_anything(public, raw)
    return ReadTelegram(file, raw, reading.type or "unknown", str(reading.outcome), both)


def _take_turns(telegrams: list[ReadTelegram], readers: _Readers, rounds: int, seconds: float) -> int:
    """Every reader in turn over each telegram; the number of whole rounds."""
    end = process_time_ns() + seconds * 1e9
    for turn in range(rounds if telegrams else 0):
        for telegram in telegrams:
            for name, read in readers.items():
                if name != PUBLIC or telegram.both:
                    took = _milliseconds(partial(read, telegram))
                    telegram.times.setdefault(name, []).append(took)
        if turn and process_time_ns() > end:
            return turn + 1
    return rounds if telegrams else 0


def _found(telegrams: list[ReadTelegram], *, compare: bool) -> dict[str, Any]:
    beside = BARE if compare else None
    both = [each for each in telegrams if PUBLIC in each.times]
    found = summary(telegrams, beside)
    found["by_outcome"] = {name: summary(some, beside) for name, some in by(telegrams, _outcome).items()}
    if compare:
        found["ratio_by_type"] = {name: ratio(some, BARE) for name, some in by(telegrams, _type).items()}
    if both:
        found["both_read"] = summary(both, PUBLIC) | {"types": {k: len(some) for k, some in by(both, _type).items()}}
    return found


def _outcome(telegram: ReadTelegram) -> str:
    return telegram.outcome


def _type(telegram: ReadTelegram) -> str:
    return telegram.type


def _milliseconds(work: Callable[[], object]) -> float:
    """CPU time of one call, right after another one that nobody watches.

    Tidying up after the telegram before, which may have been a giant, is not this one's cost, nor is being the first
    in its way: both sides are measured warm.
    """
    work()
    began = process_time_ns()
    work()
    return (process_time_ns() - began) / _MS
