"""The steps of a drill as its file tells them: when, which telegram, what it says where."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.city.drill_area import codes_within
from alerts.city.toml_section import Section
from alerts.telegram import kinds
from alerts.telegram.composition import OfficeArea, Stated
from alerts.telegram.layout import ENDED, IN_FORCE
from alerts.times import JST

_STORY_TIME = re.compile(r"(\d+):([0-5]\d)")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CRITERIA = {5: "警戒レベル５相当", 4: "警戒レベル４相当", 3: "警戒レベル３相当", 2: "警戒レベル２"}


@dataclass(frozen=True, slots=True)
class Say:
    """One kind in some municipalities. `hours` is the period in which its level is expected, counted from the issue."""

    municipalities: tuple[str, ...]
    code: str
    status: str  # 発表, 継続, 解除, 危険警報から警報 …
    last: str | None
    hours: tuple[int, int] | None

    def stated(self, telegram_type: str, issued_at: datetime) -> Stated:
        """What the telegram states, with JMA's sentence about the period."""
        kind = kinds.find(telegram_type, self.code)
        criteria = _CRITERIA.get(kind.level or 0) if kind else None
        sentence = _sentence(issued_at, self.hours, criteria) if self.hours and criteria else None
        return Stated(self.code, self.status, self.last, sentence)


@dataclass(frozen=True, slots=True)
class DrillStep:
    """One telegram of the story. `after` is story time since the beginning of the drill."""

    after: timedelta
    type: str
    headline: str
    says: tuple[Say, ...]

    def items(self, issued_at: datetime) -> dict[str, list[Stated]]:
        """What is stated by municipality; who is not named has nothing in force."""
        items: dict[str, list[Stated]] = defaultdict(list)
        for say in self.says:
            for municipality in say.municipalities:
                items[municipality].append(say.stated(self.type, issued_at))
        return items


def read_steps(top: Section, area: OfficeArea, begin: timedelta) -> tuple[DrillStep, ...]:
    """The steps of a drill's file, none before `begin`; problems are noted with their line."""
    steps: list[DrillStep] = []
    for section in top.sections("step"):
        section.only("after", "type", "headline", "say")
        step = DrillStep(_after(section), section.text("type"), section.text("headline"), _says(section, area))
        if step.after < (steps[-1].after if steps else begin):
            section.problem("after", "a step cannot come before the one above it")
        steps.append(step)
    return tuple(steps)


def _after(section: Section) -> timedelta:
    found = _STORY_TIME.fullmatch(section.text("after"))
    if found is None:
        section.problem("after", 'after must be hours and minutes of the story, like after = "16:30"')
        return timedelta(0)
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _says(section: Section, area: OfficeArea) -> tuple[Say, ...]:
    telegram_type = section.text("type")
    if not kinds.hazards_of(telegram_type):
        section.problem("type", f"{telegram_type} is no type of telegram that has kinds, like VPWW55")
        return ()
    return tuple(_say(say, telegram_type, area) for say in section.sections("say"))


def _say(section: Section, telegram_type: str, area: OfficeArea) -> Say:
    section.only("areas", "code", "status", "last", "hours")
    areas = section.texts("areas")
    for code in areas:
        if not codes_within(area, code):
            section.problem("areas", f"the office {area.place.code} has no area {code}")
    code, status, hours = section.text("code"), section.text("status"), section.integers("hours")
    last = section.text("last") if "last" in section.values else None
    for known in (code, *((last,) if last else ())):
        if kinds.find(telegram_type, known) is None:
            section.problem("code", f"{telegram_type} has no Kind with code {known}")
    if status not in IN_FORCE | {ENDED}:
        section.problem("status", f"{status} is no status of a warning, like 発表, 継続 or 解除")
    if len(hours) not in (0, 2):
        section.problem("hours", "hours must be two numbers counted from the issue, like hours = [1, 6]")
    municipalities = tuple(dict.fromkeys(m for code in areas for m in codes_within(area, code)))
    return Say(municipalities, code, status, last, (hours[0], hours[1]) if len(hours) == 2 else None)  # noqa: PLR2004  two ends


def _sentence(issued_at: datetime, hours: tuple[int, int], criteria: str) -> str:
    """２３日１６時から２１時まで、警戒レベル４相当, as JMA writes it: the second day only where it is another one."""
    start, end = (issued_at.astimezone(JST) + timedelta(hours=hour) for hour in hours)
    until = f"{end.hour}時" if end.date() == start.date() else f"{end.day}日{end.hour}時"
    return f"{start.day}日{start.hour}時から{until}まで、".translate(_FULL_WIDTH) + criteria
