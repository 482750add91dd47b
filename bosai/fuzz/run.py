"""Many mutants, one after another, each from its own seed."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from time import process_time
from types import FrameType

from alerts.city.codes import CityCodes
from alerts.city.pack import CityPack
from bosai.fuzz.cities import cities_of
from bosai.fuzz.mutant import Mutant, Nature, mutate
from bosai.fuzz.oracle import faults, faults_of_original
from bosai.fuzz.seen import Seen, see
from bosai.fuzz.tally import Fault, Tally

CASE_SECONDS = 5.0  # of CPU time; more is a hang

Source = tuple[str, bytes]


class HangError(RuntimeError):
    """One mutant took more CPU time than any telegram may."""


class Fuzzer:
    """Mutates the sources by one seed. Case N is the same in every run over the same sources."""

    def __init__(self, sources: Sequence[Source], pack: CityPack, seed: int) -> None:
        self._sources = sources
        self._pack = pack
        self._seed = seed
        self._cities: dict[int, tuple[CityCodes, ...]] = {}
        self._originals: dict[tuple[int, str, CityCodes], Seen] = {}

    def mutant(self, case: int) -> tuple[Mutant, CityCodes]:
        """The mutant of a case and the city it is read for."""
        random = Random(f"{self._seed}/{case}")  # noqa: S311 - to be repeated, not to be secret
        number = case % len(self._sources)
        file, raw = self._sources[number]
        city = random.choice(self._cities_of(number))
        return mutate(raw, file, city, random), city

    def run(self, cases: Sequence[int], tell: Callable[[Tally], None] | None = None) -> Tally:
        """Every case in turn; `tell` hears of the tally after each."""
        tally = Tally(self._seed, len(self._sources))
        for case in cases:
            began = process_time()
            self._try(case, tally)
            took = process_time() - began
            tally.cases, tally.last_case, tally.cpu_s = tally.cases + 1, case, round(tally.cpu_s + took, 4)
            if took * 1000 > tally.slowest_ms:
                tally.slowest_ms, tally.slowest_case = round(took * 1000, 1), case
            if tell:
                tell(tally)
        return tally

    def _cities_of(self, number: int) -> tuple[CityCodes, ...]:
        """The pack's own city, and of those that the telegram names the first two that would be alerted, if any."""
        if number not in self._cities:
            file, raw = self._sources[number]
            own, *named = cities_of(raw, self._pack.codes, Random(f"{self._seed}/{file}"))  # noqa: S311
            alerted = [city for city in named if see(raw, file, replace(self._pack, codes=city)).rises]
            self._cities[number] = (own, *(alerted or named)[:2])
        return self._cities[number]

    def _try(self, case: int, tally: Tally) -> None:
        file, _ = self._sources[case % len(self._sources)]
        mutant, city = self.mutant(case)
        tally.natures[mutant.nature] += 1
        try:
            with cpu_limit(CASE_SECONDS):
                found = self._judge(case, mutant, city, tally)
        except Exception as error:  # noqa: BLE001 - any crash is what is being looked for
            found = [f"{type(error).__name__}: {error}"]
        tally.faults += (
            Fault(self._seed, case, file, city.municipality, str(mutant.nature), mutant.steps, what) for what in found
        )

    def _judge(self, case: int, mutant: Mutant, city: CityCodes, tally: Tally) -> list[str]:
        original = self._original(case, mutant.file, city)
        seen = see(mutant.raw, mutant.file, replace(self._pack, codes=city), whole=mutant.nature is Nature.SAME)
        tally.outcomes[str(seen.reading.outcome)] += 1
        tally.with_pushes += bool(seen.rises)
        tally.with_other_pushes += bool(seen.rises and seen.rises != original.rises)
        return [*faults_of_original(original), *faults(mutant.nature, original, seen)]

    def _original(self, case: int, file: str, city: CityCodes) -> Seen:
        number = case % len(self._sources)
        if (number, file, city) not in self._originals:
            _, raw = self._sources[number]
            self._originals[number, file, city] = see(raw, file, replace(self._pack, codes=city))
        return self._originals[number, file, city]


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raises `HangError` after so much CPU time. In the main thread only; Python is asked, not libxml2."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        """Ends whatever is running."""
        raise HangError(f"more than {seconds:g} s of CPU time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
