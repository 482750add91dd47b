"""Several ordinary notices in one quiet text: their official names, and that the app has the rest."""

from collections.abc import Sequence

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.wording.facts import kind_forms
from alerts.wording.message import Text
from alerts.wording.phrases import PhraseTable
from alerts.wording.places import city_name, readings
from alerts.wording.render import fitting
from alerts.wording.speech import spoken


def say_digest(table: PhraseTable, told: Sequence[Revision], city: CityCodes, *, drill: bool) -> Text:
    """What is in force and was not told at once; raises `MissingPhraseError` where the table cannot say it."""
    mark = table.first("drill.mark").text if drill else ""
    names = list(dict.fromkeys(kind_forms(table, revision)[0] for revision in told))
    place = city_name(table, city)
    titles = [mark + form.format(city=place) for form in table.first("digest.title").forms]
    bodies = [_body(table, place, names, most, drill=drill) for most in range(len(names), 0, -1)]
    body = next((text for text in bodies if len(text) <= table.body_limit), bodies[-1])
    return Text(
        title=fitting(titles, table.title_limit),
        body=body,
        spoken=spoken(table, [titles[0], bodies[0]], readings(table, city)),
    )


def _body(table: PhraseTable, place: str, names: Sequence[str], most: int, *, drill: bool) -> str:
    kinds = table.list_join.join(names[:most])
    if most < len(names):
        kinds = table.first("digest.more").text.format(names=kinds, count=len(names) - most)
    said = table.first("digest.body").text.format(city=place, kinds=kinds)
    return table.join.join((table.first("drill.note").text, said)) if drill else said
