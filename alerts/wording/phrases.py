"""One language's phrases, each with its source and its state of review (R3, issue 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

OFFICIAL = "ja"  # JMA speaks Japanese; the end of every chain of languages


class Review(StrEnum):
    """How far a phrase is trusted: an official term, read by a native speaker, or not yet."""

    OFFICIAL = "official"
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"


class TableError(ValueError):
    """A phrase table that is not built as `ja.toml` explains."""


class MissingPhraseError(LookupError):
    """A language has no phrase that a message needs; the next language of the chain is taken."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with placeholders. `forms` say the same, the longest first; the last one fits always."""

    forms: tuple[str, ...]
    source: str  # key of the table's sources
    review: Review

    @property
    def text(self) -> str:
        """The full form."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """All that one language needs to say. Keys are dotted: `kind.heavy_rain.43`, `action.landslide.4`."""

    language: str  # BCP 47
    name: str  # the language's own
    tags: tuple[str, ...]  # further tags that it serves: zh-TW
    stand_ins: tuple[str, ...]  # languages that come next, before the official Japanese
    script: str  # ISO 15924
    places: str  # how it writes names of places: kanji, furigana, romaji, hangul
    join: str  # between sentences
    list_join: str  # between names
    title_limit: int  # characters
    body_limit: int
    level_words: tuple[str, ...]  # what stands before the number of a level
    drill_word: str  # stands in the title and the text of every drill, and nowhere else
    order_words: tuple[str, ...]  # what only the city may say (design.md §3)
    class_words: Mapping[int, str]  # rank to the word that means it, and no other rank (jma.md §4)
    plain_words: tuple[str, ...]  # kanji that easy Japanese may leave without furigana
    speech: Mapping[str, str]  # what a voice cannot read, and what it says instead
    sources: Mapping[str, str]
    phrases: Mapping[str, Phrase]
    withholds: bool = False  # what nobody has reviewed is not said (decision 14)

    @property
    def reviewed(self) -> bool:
        """Whether every phrase is official or was reviewed."""
        return all(phrase.review is not Review.UNREVIEWED for phrase in self.phrases.values())

    def first(self, *keys: str) -> Phrase:
        """The phrase of the first key that the table has.

        Raises `MissingPhraseError` if it has none of them, or withholds it: a vaguer phrase never stands in for the
        right one that waits for its review.
        """
        for key in keys:
            if key in self.phrases:
                return self._reviewed(key)
        raise MissingPhraseError(f"{self.language} has none of: {', '.join(keys)}")

    @property
    def let_out(self) -> dict[str, str]:
        """The full form of every phrase that it does not withhold, by key."""
        return {key: phrase.text for key, phrase in self.phrases.items() if not self._waits(phrase)}

    def _reviewed(self, key: str) -> Phrase:
        phrase = self.phrases[key]
        if self._waits(phrase):
            raise MissingPhraseError(f"{self.language}: {key} waits for its review")
        return phrase

    def _waits(self, phrase: Phrase) -> bool:
        return self.withholds and phrase.review is Review.UNREVIEWED
