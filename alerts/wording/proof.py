"""The build-time proof: everything that telegrams can say is said, rightly, in every language (R3, R8, jma.md §4).

A broken table is found here, before anything is sent; at run time a message falls through to the next language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from alerts.city.codes import CityCodes
from alerts.telegram.kinds import Kind
from alerts.why.ground import Ground
from alerts.why.rule import Order
from alerts.wording.digest_matrix import digest_problems
from alerts.wording.inspection import is_warning
from alerts.wording.matrix import message_problems, sayable_kinds
from alerts.wording.office_matrix import office_problems
from alerts.wording.phrases import OFFICIAL, PhraseTable, Review
from alerts.wording.reasons import FRAMES, NOTES, PLACEHOLDERS
from alerts.wording.tables import Wording
from alerts.wording.vocabulary import name_key

SAMPLE_CITY = CityCodes(
    name="見本市",
    name_en="Mihon City",
    prefecture="架空県",
    code="99201",
    municipality="9920100",
    class15="990001",
    class10="990000",
    office="990000",
    region="990000",
    quake_region="990",
    tsunami_region="991",
    rivers=(),
    names={"ja-Hira": "見本市（みほんし）", "zh-Hans": "见本市", "ko": "미혼시", "vi": "thành phố Mihon"},
)
_FACTS = frozenset({"city", "prefecture", "kind", "hazard", "level", "equivalent", "time"})
_NAMED = _FACTS | {"named", "stated", "topic"}
_PLACEHOLDERS: dict[str, frozenset[str]] = {  # by the first part of the key; a section not named here has none
    "named": _FACTS,
    "stated": _FACTS,
    "topic": _FACTS,
    "title": _NAMED,
    "what": _NAMED,
    "action": frozenset({"city"}),
    "after": frozenset({"city"}),
    "stay": frozenset({"city"}),
    "others": frozenset({"city"}),
    "concerned": frozenset({"districts"}),
    "digest": frozenset({"city", "kinds", "names", "count"}),
    "period": frozenset({"sentence", "expected", "start", "end"}),
    "shelter": frozenset({"city", "hazard", "hazards", "names", "district"}),
    "office": frozenset(
        {"city", "districts", "template", "time", "hazard", "service", "shelters", "written", "names", "count"}
    ),
    "why": PLACEHOLDERS,
    "time": frozenset({"month", "day", "hour", "minute"}),
}
_OFFICIAL_ONLY = frozenset({"kind.any"})  # a kind without a name of its own falls through to Japanese


def problems(wording: Wording, city: CityCodes = SAMPLE_CITY, because: Iterable[str] = ()) -> list[str]:
    """All that is wrong, one sentence each, the language first; empty if the wording may be used.

    `because` are the phrase keys that the city's matching rules use.
    """
    found = (problem for language in wording.languages for problem in problems_of(wording, language, city, because))
    return list(dict.fromkeys(found))


def problems_of(
    wording: Wording, language: str, city: CityCodes = SAMPLE_CITY, because: Iterable[str] = ()
) -> list[str]:
    """The same for one language, against all that the official one can say."""
    official = wording.tables.get(OFFICIAL)
    if official is None:
        return [f"{OFFICIAL}: the official table is missing"]
    needed = official.phrases.keys() - _OFFICIAL_ONLY | {f"because.{key}" for key in because} | _kind_phrases(official)
    needed |= {f"why.{name}" for name in (*Ground, *FRAMES)} | {f"why.note.{name}" for name in NOTES}
    needed |= {f"why.order.{order}" for order in Order}
    found = _of_table(wording.tables[language], needed, city)
    return list(dict.fromkeys(f"{language}: {problem}" for problem in found))  # a fault shows in many messages


def _kind_phrases(official: PhraseTable) -> set[str]:
    """A name for every kind that a telegram can state, and an action of its own hazard for every kind in force."""
    found: set[str] = set()
    for kind in sayable_kinds():
        found.add(name_key(official, kind))
        actions = (f"action.{kind.hazard}.{kind.rank}", f"action.{kind.hazard}.any")
        if kind.rank and not official.phrases.keys() & set(actions):
            found.add(actions[0])
    return found


def _of_table(table: PhraseTable, needed: Iterable[str], city: CityCodes) -> Iterator[str]:
    for key in sorted(set(needed) - table.phrases.keys()):
        yield f"{key}: the phrase is missing"
    yield from _phrase_problems(table)
    yield from _kind_problems(table)
    yield from message_problems(table, city)
    yield from office_problems(table, city)
    yield from digest_problems(table, city)


def _phrase_problems(table: PhraseTable) -> Iterator[str]:
    """Sources that the table does not name, and placeholders that nothing will fill."""
    for key, phrase in table.phrases.items():
        if phrase.source not in table.sources:
            yield f"{key}: the source {phrase.source!r} is not among [sources]"
        allowed = _PLACEHOLDERS.get(key.partition(".")[0], frozenset())
        for form in phrase.forms:
            yield from (f"{key}: {finding}" for finding in _placeholder_problems(form, allowed))
            if phrase.review is Review.OFFICIAL and not _shortens(form, phrase.text):
                yield f"{key}: {form!r} has words that the official {phrase.text!r} has not"


def _shortens(form: str, official: str) -> bool:
    """Whether a form only leaves words out of the official one; L4 is Level 4."""
    words = iter(re.findall(r"\w+", official))
    return all(word in words for word in re.findall(r"\w+", form) if not re.fullmatch(r"[LM][0-9]", word))


def _placeholder_problems(form: str, allowed: frozenset[str]) -> Iterator[str]:
    try:
        used = {name for _, name, _, _ in Formatter().parse(form) if name is not None}
    except ValueError as error:
        yield f"{error} in {form!r}"
        return
    for name in sorted(used - allowed):
        yield f"nothing fills the placeholder {{{name}}}"


def _kind_problems(table: PhraseTable) -> Iterator[str]:
    """Two kinds of different weight with one name, or a Japanese name of a warning that is not JMA's."""
    named: dict[str, Kind] = {}
    for kind in sayable_kinds():
        named.setdefault(name_key(table, kind), kind)  # the plain code of a level comes first: 20, then 22（警報解除）
    names = {key: table.phrases[key].text for key in named if key in table.phrases}
    weights = {(names[key], kind.hazard, kind.rank) for key, kind in named.items() if key in names and kind.rank}
    for name, count in Counter(name for name, _, _ in weights).items():
        if count > 1:
            yield f"{name!r} names {count} kinds"
    if table.language == OFFICIAL:
        wrong = ((key, name) for key, name in names.items() if is_warning(named[key]) and name != named[key].name)
        yield from (f"{key}: {name} is not JMA's {named[key].name}" for key, name in wrong)
