"""Words that mean a rank: the names of the classes, and the names of the kinds of one hazard (jma.md §4)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alerts.telegram import kinds
from alerts.telegram.kinds import Kind
from alerts.wording.family import kind_keys
from alerts.wording.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and the ranks they can mean; `pattern` takes the longest first, so that 警報 in 特別警報 does not count."""

    ranks: dict[str, set[int]]
    pattern: re.Pattern[str]

    def found(self, said: str) -> list[set[int]]:
        """The ranks of every word in the text."""
        return [self.ranks[word] for word in self.pattern.findall(said.casefold())]


def classes_of(table: PhraseTable) -> Vocabulary:
    """The class words of the language: Urgent Warning means rank 4 and no other."""
    return _vocabulary((word, rank) for rank, word in table.class_words.items())


def kinds_of(table: PhraseTable, hazard: str) -> Vocabulary:
    """The names of a hazard's kinds; a name can mean several ranks, as 津波警報 does for codes 51 and 50 (解除)."""
    own = (kind for kind in kinds.table().values() if kind.hazard == hazard)
    return _vocabulary((form, kind.rank) for kind in own for form in forms_of(table, kind))


def forms_of(table: PhraseTable, kind: Kind) -> tuple[str, ...]:
    """The names that a language has for a kind, JMA's own where it has none."""
    found = (table.phrases.get(key) for key in kind_keys(kind.hazard, kind.code, kind.level))
    return next((phrase.forms for phrase in found if phrase), (kind.name,))


def name_key(table: PhraseTable, kind: Kind) -> str:
    """The phrase that names a kind, as at run time; the one by code where the table has none."""
    keys = kind_keys(kind.hazard, kind.code, kind.level)
    return next((key for key in keys if key in table.phrases), keys[-1])


def _vocabulary(meanings: Iterable[tuple[str, int]]) -> Vocabulary:
    ranks: dict[str, set[int]] = {}
    for word, rank in meanings:
        ranks.setdefault(word.casefold(), set()).add(rank)
    longest_first = sorted(ranks, key=len, reverse=True)
    return Vocabulary(ranks, re.compile("|".join(map(re.escape, longest_first))))
