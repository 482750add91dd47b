"""What came of many mutants."""

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import psutil

from bosai.bench.usage import peak_rss_mb


@dataclass(frozen=True, slots=True)
class Fault:
    """A mutant that did what it may not: `seed` and `case` make it again (`bosai fuzz --seed S --case N`)."""

    seed: int
    case: int
    source: str
    municipality: str
    nature: str
    steps: tuple[str, ...]
    what: str


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    seed: int
    telegrams: int
    cases: int = 0
    last_case: int = -1
    natures: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    with_pushes: int = 0
    with_other_pushes: int = 0  # than the original's
    slowest_ms: float = 0.0
    slowest_case: int = 0
    cpu_s: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON, with the most memory that the process ever had."""
        figures = asdict(replace(self, natures=Counter(), outcomes=Counter()))
        counts = {"natures": dict(self.natures), "outcomes": dict(self.outcomes)}
        return {**figures, **counts, "peak_rss_mb": peak_rss_mb(psutil.Process())}
