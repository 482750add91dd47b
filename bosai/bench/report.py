"""What a bench says: one JSON object of contract.md, or the same for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ENOUGH_CEILING = 1.5  # times the result; below, the server was measured and not the sender (design.md §6)


@dataclass(frozen=True, slots=True)
class Report:
    """One measurement. `ratio` is ours to the first peer, in the unit of `metric`; `details` explain it."""

    metric: str
    ours: float
    cpu_s_per_1000: float
    peak_rss_mb: float
    peers: Mapping[str, float] = field(default_factory=dict)
    ours_beside: Mapping[str, float] = field(default_factory=dict)  # over the part of the work that a peer did
    server_ceiling: float | None = None  # messages a second; None where no push server takes part
    rate: float | None = None  # messages a second, to be held against the ceiling
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratios(self) -> dict[str, float]:
        """Ours to each peer, three digits."""
        return {name: round(self.ours_beside.get(name, self.ours) / value, 3) for name, value in self.peers.items()}

    @property
    def counts(self) -> bool:
        """Whether the fake server could have taken clearly more than it got."""
        return self.server_ceiling is None or self.server_ceiling >= ENOUGH_CEILING * (self.rate or 0.0)

    def as_dict(self) -> dict[str, Any]:
        """The object of the contract, then what explains it."""
        ceiling = {} if self.server_ceiling is None else {"server_ceiling": self.server_ceiling, "counts": self.counts}
        promised = {
            "metric": self.metric,
            "ours": self.ours,
            "peer": dict(self.peers),
            "ratio": next(iter(self.ratios.values()), None),
            "cpu_s_per_1000": self.cpu_s_per_1000,
            "peak_rss_mb": self.peak_rss_mb,
            **ceiling,
            "ratios": self.ratios,
            "measured_at": datetime.now(UTC),
        }
        return {**promised, **self.details, **promised}  # no detail takes the place of what is promised

    def as_text(self) -> str:
        """The same, a figure a line."""
        return "\n".join(_lines(self.as_dict(), ""))


def _lines(values: Mapping[str, Any], indent: str) -> list[str]:
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            if value:
                lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif value is not None:
            lines.append(f"{indent}{name}: {value:,}" if isinstance(value, int | float) else f"{indent}{name}: {value}")
    return lines
