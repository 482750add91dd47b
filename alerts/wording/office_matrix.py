"""Every message that the city's office can give in one language, rendered and inspected (R3, R8)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

from alerts.alert import Change
from alerts.city.codes import CityCodes
from alerts.wording.inspection import (
    drill_problems,
    length_problems,
    level_numbers,
    level_pattern,
    said_of,
    speech_problems,
)
from alerts.wording.message import Text
from alerts.wording.office import say_office
from alerts.wording.office_text import ORDERS, SERVICES, OfficeText, Template
from alerts.wording.phrases import PhraseTable
from alerts.wording.places import Place, city_name, place_name
from alerts.wording.script import script_problem

_AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_WRITTEN = "北浜小学校は土砂災害のおそれがあるため使えません。山田中学校へ避難してください。"
_DISTRICTS = tuple(
    Place(f"{name}丁目", f"{kana}チョウメ", f"{english}-chome")
    for name, kana, english in (
        ("北浜一", "キタハマ1", "Kitahama 1"),
        ("山田五", "ヤマダ5", "Yamada 5"),
        ("中川原七", "ナカガワラ7", "Nakagawara 7"),
        ("新田町一", "シンデンマチ1", "Shindenmachi 1"),
        ("深谷北三", "フカヤキタ3", "Fukaya Kita 3"),
    )
)
_SHELTERS = (Place("山田中学校"), Place("新田町南小学校"), Place("市民会館"), Place("総合文化センター"))
_CHANGES = {True: tuple(Change), False: (Change.ISSUE, Change.END, Change.CORRECT, Change.RETRACT)}


def office_texts() -> Iterator[OfficeText]:
    """Every template with every change that it can have, short and at its longest."""
    for template in Template:
        for change, districts, written in product(
            _CHANGES[template in ORDERS], (None, _DISTRICTS * 4), ("", _WRITTEN * 4)
        ):
            needs_words = template in {Template.FREE, Template.MISSING_PERSON}
            for service in SERVICES if template is Template.LIFELINE else (None,):
                yield OfficeText(
                    template=template,
                    change=change,
                    districts=districts,
                    issued_at=_AT,
                    hazard="landslide" if written else None,
                    service=service,
                    shelters=_SHELTERS * 5 if districts else _SHELTERS[:1],
                    written=written or (_WRITTEN if needs_words else ""),
                )


def office_problems(table: PhraseTable, city: CityCodes) -> Iterator[str]:
    """What is wrong in any message, with the template and the change that give it."""
    for said, drill in product(office_texts(), (False, True)):
        where = f"office {said.template} {said.change}"
        try:
            text = say_office(table, said, city, drill=drill)
        except (LookupError, ValueError) as error:
            yield f"{where}: cannot be said: {error}"
            continue
        yield from (f"{where}: {finding}" for finding in _findings(table, said, text, city, drill=drill))


def _findings(table: PhraseTable, said: OfficeText, text: Text, city: CityCodes, *, drill: bool) -> Iterator[str]:
    names = (city_name(table, city), *_as_on_signs(table, said))
    wanted = {said.level} if said.level else set()
    for place, words in said_of(text):
        own = said.written and place == "spoken form"  # an officer's kanji, spoken as they stand
        if not own and (problem := script_problem(table, words, names)):
            yield f"the {place} {problem}: {words}"
        if (found := level_numbers(table, words)) != wanted:
            yield f"the {place} says level {sorted(found)}, expected {sorted(wanted)}: {words}"
        others = [name for other in ORDERS if other != said.template for name in _orders(table, other) if name in words]
        if others:
            yield f"the {place} names another order, {others[0]}: {words}"
    yield from length_problems(table, text)
    yield from speech_problems(text)
    yield from drill_problems(table, text, drill=drill)
    yield from _unsaid(table, said, text, city)


def _unsaid(table: PhraseTable, said: OfficeText, text: Text, city: CityCodes) -> Iterator[str]:
    """An order without its official name, or a call without what to do (R3)."""
    if said.level and not any(form in text.body for form in _names(table, said.template)):
        yield f"the body does not name the order: {text.body}"
    if said.change in {Change.END, Change.RETRACT}:
        return
    action = table.first(f"office.action.{said.template}", "office.everywhere").text
    if (
        f"office.action.{said.template}" in table.phrases
        and action.format(city=city_name(table, city)) not in text.body
    ):
        yield f"the body does not say what to do: {text.body}"


def _names(table: PhraseTable, template: Template) -> tuple[str, ...]:
    return table.first(f"office.name.{template}").forms


def _orders(table: PhraseTable, template: Template) -> Iterator[str]:
    """The names without their level: an order of level 4 in the words of level 5 must not hide behind its number."""
    for form in _names(table, template):
        yield level_pattern(table.level_words).sub("", form).strip(" :：")


def _as_on_signs(table: PhraseTable, said: OfficeText) -> tuple[str, ...]:
    """Texts that are nobody's translation: names in kanji, and the officer's Japanese."""
    districts = said.districts or ()
    shown = (place_name(table, place) for place in (*districts, *said.shelters))
    kanji = (place.name for place in (*districts, *said.shelters))
    return tuple(sorted({said.written or "\0", *shown, *kanji}, key=len, reverse=True))
