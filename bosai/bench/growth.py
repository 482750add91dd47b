"""The picture of `bosai bench scale`: how long and how much memory selecting takes as a city grows, as one SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 340, 240, 62, 84, 74
_STEPS = 5  # lines across a panel
# Both colours of the page are the reader's: what is drawn is dark on light and light on dark.
_STYLE = (
    "svg{color-scheme:light dark}"
    "text{font-family:system-ui,'Noto Sans',sans-serif;font-size:12px;fill:#3b4855}"
    ".t{font-size:16px;font-weight:700;fill:#1c2733}.p{font-size:13px;font-weight:600;fill:#1c2733}"
    ".r{text-anchor:end}.m{text-anchor:middle}.f{fill:#fff}.g{stroke:#d5dbe1}"
    ".a{stroke:#1763b6;fill:none;stroke-width:2.5}.d{fill:#1763b6}"
    "@media(prefers-color-scheme:dark){text{fill:#b9c4cf}.t,.p{fill:#eef2f5}.f{fill:#12181f}.g{stroke:#36414c}"
    ".a{stroke:#6db3f5}.d{fill:#6db3f5}}"
)


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    points: Sequence[tuple[float, float]]  # devices, what is measured


def picture(measured: Mapping[str, Any]) -> str:
    """The curves of one report, as `bosai bench scale --json` prints it. Raises `ValueError` for another one."""
    growth = measured.get("growth")
    if not growth:
        raise ValueError("there is no growth in it: give the output of `bosai bench scale --json`")
    panels = [
        _Panel("Selecting everybody, one process: seconds", _of(growth, "seconds")),
        _Panel("Microseconds for each phone", _each(growth)),
        _Panel("Memory of that process: MB", _of(growth, "peak_rss_mb")),
    ]
    width = _LEFT + len(panels) * (_WIDTH + _GAP)
    head = f"{measured['devices']:,} phones on {measured['database']}, {growth[-1]['chunks']:,} chunks"
    drawn = "\n".join(_drawn(panel, _LEFT + at * (_WIDTH + _GAP)) for at, panel in enumerate(panels))
    height = _TOP + _HEIGHT + 64
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(head)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect class="f" width="{width}" height="{height}"/>\n'
        f'<text class="t" x="24" y="32">A city-wide alert: {escape(head)}</text>\n{drawn}\n'
        f'<text x="24" y="{height - 14}">bosai bench scale, {escape(str(measured["measured_at"])[:10])}; '
        "phones on a logarithmic scale</text>\n</svg>"
    )


def _of(growth: Sequence[Mapping[str, Any]], figure: str) -> list[tuple[float, float]]:
    return [(row["devices"], row[figure]) for row in growth]


def _each(growth: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    return [(row["devices"], round(row["seconds"] / row["devices"] * 1e6, 2)) for row in growth]


def _drawn(panel: _Panel, left: int) -> str:
    top = _round_up(max(value for _, value in panel.points))
    first, last = (log10(panel.points[at][0]) for at in (0, -1))
    places = [
        (
            left + (_WIDTH - 24) * (log10(devices) - first) / max(last - first, 1e-9),
            _TOP + _HEIGHT * (1 - value / top),
        )
        for devices, value in panel.points
    ]
    parts = [f'<text class="p" x="{left}" y="{_TOP - 20}">{escape(panel.title)}</text>']
    parts += [_line(left, step, f"{top * step / _STEPS:g}") for step in range(_STEPS + 1)]
    parts += [f'<polyline class="a" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>']
    for (x, y), (devices, value) in zip(places, panel.points, strict=True):
        parts.append(
            f'<circle class="d" cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{devices:,}: {value:g}</title></circle>'
            f'<text class="m" x="{x:.1f}" y="{y - 10:.1f}">{value:g}</text>'
            f'<text class="m" x="{x:.1f}" y="{_TOP + _HEIGHT + 20}">{_short(devices)}</text>'
        )
    return "\n".join(parts)


def _line(left: int, step: int, label: str) -> str:
    y = _TOP + _HEIGHT * (1 - step / _STEPS)
    return (
        f'<path class="g" d="M{left} {y:.1f}h{_WIDTH - 24}"/>'
        f'<text class="r" x="{left - 8}" y="{y + 4:.1f}">{escape(label)}</text>'
    )


def _round_up(value: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten: labels stay short."""
    power = 10.0 ** (ceil(log10(value)) - 1) if value > 0 else 1.0
    return next((power * step for step in (1, 2, 2.5, 5, 10) if power * step * 0.9 >= value), power * 20)


def _short(devices: float) -> str:
    return f"{devices / 1_000_000:g} M" if devices >= 1_000_000 else f"{devices / 1000:g} k"  # noqa: PLR2004
