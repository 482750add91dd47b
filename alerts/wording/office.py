"""What the city's office says: template parts from the tables, an officer's own words as written (issue 5.6, R3).

Japanese goes to everybody in an officer's words; other languages get the template in their own, then the officer's
Japanese with a note that says so. Nothing is translated at run time.
"""

from collections.abc import Iterator, Mapping, Sequence

from alerts.alert import Change
from alerts.city.codes import CityCodes
from alerts.wording.announced import INSTRUCTIONS, Announcement
from alerts.wording.message import Text
from alerts.wording.office_text import OfficeText
from alerts.wording.phrases import MissingPhraseError, PhraseTable
from alerts.wording.places import city_name, listed, readings
from alerts.wording.render import fitting
from alerts.wording.speech import spoken
from alerts.wording.times import clock_time

_PARTS: dict[Change, tuple[str, ...]] = {
    Change.ISSUE: ("what", "hazard", "action", "how", "shelters", "written"),
    Change.RAISE: ("what", "hazard", "action", "how", "shelters", "written"),
    Change.LOWER: ("what", "hazard", "action", "how", "shelters", "written"),
    Change.CORRECT: ("what", "hazard", "action", "how", "shelters", "written"),
    Change.END: ("what", "after", "written"),
    Change.RETRACT: ("what", "written"),
}
_OPTIONAL = frozenset({"hazard", "shelters", "written", "action", "how", "after"})
_MANY = 99
_JAPANESE = frozenset({"Jpan", "Hira"})
_SHORTER: tuple[tuple[int, frozenset[str]], ...] = (  # names of places, and parts left out for the app to show
    (_MANY, frozenset()),
    (_MANY, frozenset({"how"})),
    (3, frozenset({"how"})),
    (3, frozenset({"how", "shelters"})),
    (1, frozenset({"how", "shelters", "hazard"})),
    (3, frozenset({"how", "written"})),
    (1, frozenset({"how", "shelters", "hazard", "written"})),
)


def say_office(table: PhraseTable, said: OfficeText, city: CityCodes, *, drill: bool) -> Text:
    """The text in the table's language; raises `MissingPhraseError` where the table cannot say it.

    The template's words are never left out: what is too long for a notification is the list of places, and last the
    officer's words, for which the text then points to the app.
    """
    mark = table.first("drill.mark").text if drill else ""
    titles = [mark + title for title in _titles(table, said, city)]
    places = (*(said.districts or ()), *said.shelters)
    voiced = [text for part, text in _sentences(table, said, city, _MANY, drill=drill) if _voiced(table, part)]
    return Text(
        title=fitting(titles, table.title_limit),
        body=_body(table, said, city, drill=drill),
        spoken=spoken(table, [titles[0], *voiced], readings(table, city, places)),
    )


def announce_office(table: PhraseTable, said: OfficeText, city: CityCodes, *, drill: bool) -> Announcement:
    """The text for other systems, whole; raises as `say_office`."""
    mark = table.first("drill.mark").text if drill else ""
    parts = list(_sentences(table, said, city, _MANY, drill=drill))
    action = [text for part, text in parts if part in INSTRUCTIONS]
    return Announcement(
        language=table.language,
        event=mark + table.first(f"office.name.{said.template}").text,
        headline=mark + next(_titles(table, said, city)),
        description=table.join.join(text for part, text in parts if part not in INSTRUCTIONS),
        instruction=mark + table.join.join(action) if action else "",
    )


def _voiced(table: PhraseTable, part: str) -> bool:
    """The officer's Japanese is not for a voice of another language."""
    return part != "written" or table.script in _JAPANESE


def _titles(table: PhraseTable, said: OfficeText, city: CityCodes) -> Iterator[str]:
    """Every form with the template's full name, then with its shorter ones."""
    forms = table.first(f"office.title.{said.template}.{said.change}", f"office.title.{said.change}").forms
    facts = _facts(table, said, city, 1)
    for name in table.first(f"office.name.{said.template}").forms:
        yield from (form.format(**{**facts, "template": name}) for form in forms)


def _body(table: PhraseTable, said: OfficeText, city: CityCodes, *, drill: bool) -> str:
    """The longest form that fits."""
    more = table.first("office.app").text
    bodies: list[str] = []
    for most, spared in _SHORTER:
        parts = _sentences(table, said, city, most, drill=drill)
        kept = [text for name, text in parts if name not in spared]
        bodies.append(table.join.join(kept if most == _MANY else [*kept, more]))
    return next((body for body in bodies if len(body) <= table.body_limit), bodies[-1])


def _sentences(
    table: PhraseTable, said: OfficeText, city: CityCodes, most: int, *, drill: bool
) -> Iterator[tuple[str, str]]:
    """The parts that the text has, with their names."""
    if drill:
        yield "drill", table.first("drill.note").text
    facts = _facts(table, said, city, most)
    for part in _PARTS[said.change]:
        if _has(said, part) and (text := _sentence(table, said, part, facts)):
            yield part, text


def _has(said: OfficeText, part: str) -> bool:
    wanted = {"hazard": said.hazard and said.level, "shelters": said.shelters, "written": said.written.strip()}
    return bool(wanted.get(part, True))


def _sentence(table: PhraseTable, said: OfficeText, part: str, facts: Mapping[str, object]) -> str | None:
    kind = "order" if said.level else "notice"
    keys: Sequence[str] = (
        f"office.{part}.{said.template}.{said.change}",
        f"office.{part}.{said.template}",
        f"office.{part}.{kind}.{said.change}",
        f"office.{part}.{kind}",
    )
    try:
        return table.first(*keys).text.format(**facts)
    except MissingPhraseError:
        if part in _OPTIONAL and not table.phrases.keys() & set(keys):
            return None
        raise


def _facts(table: PhraseTable, said: OfficeText, city: CityCodes, most: int) -> dict[str, object]:
    whole = table.first("office.everywhere").text
    return {
        "city": city_name(table, city),
        "template": table.first(f"office.name.{said.template}").text,
        "districts": whole if said.districts is None else listed(table, said.districts, most),
        "time": clock_time(table, said.issued_at),
        "hazard": table.first(f"hazard.{said.hazard or 'any'}").text,
        "service": table.first(f"office.service.{said.service}").text if said.service else "",
        "shelters": listed(table, said.shelters, most),
        "written": said.written.strip(),
    }
