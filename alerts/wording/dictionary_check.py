"""What JMA's multilingual dictionary fills, changes and contradicts in our phrase tables (jma.md §4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from alerts.telegram.kinds import Kind
from alerts.wording.dictionary import Dictionary, plain
from alerts.wording.inspection import is_warning
from alerts.wording.matrix import sayable_kinds
from alerts.wording.phrases import OFFICIAL, PhraseTable, Review
from alerts.wording.tables import Wording
from alerts.wording.vocabulary import classes_of, name_key


class Judgement(StrEnum):
    """What a term of the dictionary does to our tables."""

    FILLS = "fills"  # we had nothing
    CHANGES = "changes"  # ours was not official
    CONTRADICTS = "contradicts"  # ours is official and says otherwise
    INVERTED = "inverted"  # the dictionary's own word means another level: take it to JMA, never into a table
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind in one language: the dictionary's term beside ours."""

    judgement: Judgement
    language: str
    key: str  # of the phrase
    japanese: str
    term: str
    ours: str | None


def compare(wording: Wording, dictionary: Dictionary) -> list[Comparison]:
    """What the dictionary does to every kind that telegrams can give, by language and key."""
    found = [
        _judge(wording.tables.get(language), language, key, kind, term)
        for language in dictionary.languages
        for key, kind, term in _named(wording, dictionary, language)
    ]
    return sorted(_inverted(found), key=lambda one: (one.language, one.key))


def _named(wording: Wording, dictionary: Dictionary, language: str) -> Iterator[tuple[str, Kind, str]]:
    """The kinds that the dictionary names in a language, each key once."""
    official = wording.tables[OFFICIAL]
    kinds = {name_key(official, kind): kind for kind in reversed(sayable_kinds())}
    for key, kind in kinds.items():
        term = dictionary.terms.get(plain(official.first(key).text), {}).get(language)
        if term:
            yield key, kind, term


def _judge(table: PhraseTable | None, language: str, key: str, kind: Kind, term: str) -> Comparison:
    ours = table.phrases.get(key) if table else None
    if table and is_warning(kind) and set().union(*classes_of(table).found(term)) - {kind.rank}:
        judgement = Judgement.INVERTED
    elif ours is None:
        judgement = Judgement.FILLS
    elif plain(ours.text) == plain(term):
        judgement = Judgement.SAME
    else:
        judgement = Judgement.CONTRADICTS if ours.review is Review.OFFICIAL else Judgement.CHANGES
    return Comparison(judgement, language, key, kind.name, term, ours.text if ours else None)


def _inverted(found: list[Comparison]) -> Iterator[Comparison]:
    """Marks terms that name two kinds of different rank of one hazard: one of them must be wrong."""
    ranks = {(kind.hazard, kind.name): kind.rank for kind in sayable_kinds()}
    said: dict[tuple[str, str, str], set[int]] = {}
    for one in found:
        hazard = one.key.split(".")[1]
        said.setdefault((one.language, hazard, plain(one.term)), set()).add(ranks[hazard, one.japanese])
    for one in found:
        twice = len(said[one.language, one.key.split(".")[1], plain(one.term)] - {0}) > 1
        yield replace(one, judgement=Judgement.INVERTED) if twice else one


def as_table(comparisons: Iterable[Comparison]) -> str:
    """The official names of a language that has no table yet, as a file of ours, for a translator to go on from."""
    lines = [
        "# From JMA's multilingual dictionary. Layout: see ja.toml.",
        "",
        "[sources]",
        'jma-dictionary = "JMA multilingual dictionary"',
        "",
        "[phrases.kind]",
        '_source = "jma-dictionary"',
        '_review = "official"',
    ]
    for one in comparisons:
        if one.judgement is Judgement.FILLS:
            _, hazard, code = one.key.split(".", 2)
            text = one.term.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{hazard}."{code}" = "{text}"')
    return "\n".join(lines) + "\n"
