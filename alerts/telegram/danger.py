"""Level 4 in an old warning: it has no code and stands only in the texts (jma.md §2.6, §3.3).

`Headline/Text` says 〈危険警報（土砂災害）〉西部では、…; `Body/Notice` lists by name the municipalities of each kind:
［危険警報・氾濫特別警報の発表状況］ 〈レベル４大雨危険警報〉姫路市　たつの市　多可町＊, or なし.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.telegram import kinds
from alerts.telegram.kinds import Kind

_KINDS = {"大雨": ("VPWW55", "43"), "土砂災害": ("VPWW56", "49"), "高潮": ("VPWW57", "48")}
_STATEMENT = re.compile(r"〈([^〈〉]*危険警報[^〈〉]*)〉([^〈〉［］]*)")
_NAMES = re.compile(r"[^\s、，,・＊*。]+")
_SUBJECT = re.compile(r"(.*?)では")  # a headline names areas before では; what follows is advice


@dataclass(frozen=True, slots=True)
class Danger:
    """Which kinds of level 4 are stated for the city, and of which nobody can tell whether the city is meant."""

    stated: tuple[Kind, ...]
    open: frozenset[str]  # hazards


def danger_to(city: str, headline: str, notice: str) -> Danger:
    """What the texts of an old warning say of level 4 for the city, given by its name: they hold no codes.

    A headline that names only a wider area does not say which municipalities are meant, unless the notice lists them.
    """
    listed, summed = dict(_statements(notice)), dict(_subjects(headline))
    named = [hazard for hazard in _KINDS if city in listed.get(hazard, set()) | summed.get(hazard, set())]
    stated = tuple(kinds.table()[_KINDS[word]] for word in named)
    unsaid = [word for word in summed if word not in named and not listed.get(word)]
    return Danger(stated, frozenset(kinds.table()[_KINDS[word]].hazard for word in unsaid))


def _subjects(headline: str) -> Iterator[tuple[str, set[str]]]:
    subjects = _STATEMENT.sub(lambda found: f"〈{found[1]}〉{_areas(found[2])}", headline)
    return _statements(subjects)


def _areas(text: str) -> str:
    found = _SUBJECT.match(text.strip())
    return found[1] if found else ""


def _statements(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each kind of danger in the text with the names that follow it."""
    found: dict[str, set[str]] = {}
    for kind, names in _STATEMENT.findall(text):
        for word in _KINDS:
            if word in kind:
                found.setdefault(word, set()).update(_NAMES.findall(names))
    yield from found.items()
