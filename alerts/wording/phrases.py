"""One language's phrases, each with its source and its state of review (R3, issue 5)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

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
    script: str  # ISO 15924
    join: str  # between sentences
    title_limit: int  # characters
    body_limit: int
    drill_word: str  # stands in the title and the text of every drill, and nowhere else
    order_words: tuple[str, ...]  # what only the city may say (design.md §3)
    class_words: Mapping[int, str]  # rank to the word that means it, and no other rank (jma.md §4)
    sources: Mapping[str, str]
    phrases: Mapping[str, Phrase]

    def first(self, *keys: str) -> Phrase:
        """The phrase of the first key that the table has; raises `MissingPhraseError` if it has none of them."""
        for key in keys:
            if key in self.phrases:
                return self.phrases[key]
        raise MissingPhraseError(f"{self.language} has none of: {', '.join(keys)}")


def parse(text: str) -> PhraseTable:
    """Reads a language file; raises `TableError` naming the phrase that is wrong."""
    try:
        data = tomllib.loads(text)
        language = data["language"]
        return PhraseTable(
            language=language["tag"],
            script=language["script"],
            join=language["join"],
            title_limit=language["title_limit"],
            body_limit=language["body_limit"],
            drill_word=language["drill_word"],
            order_words=tuple(language["order_words"]),
            class_words={int(rank): word for rank, word in language["class_words"].items()},
            sources=dict(data["sources"]),
            phrases=dict(_phrases("", data["phrases"], None, None)),
        )
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"not TOML: {error}") from error
    except KeyError as error:
        raise TableError(f"the key {error} is missing") from error


def extend(table: PhraseTable, text: str) -> PhraseTable:
    """The table with the phrases and sources of a further file of its language; raises `TableError`."""
    try:
        data = tomllib.loads(text)
        sources, phrases = data["sources"], dict(_phrases("", data["phrases"], None, None))
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"not TOML: {error}") from error
    except KeyError as error:
        raise TableError(f"the key {error} is missing") from error
    twice = sorted({*(sources.keys() & table.sources.keys()), *(phrases.keys() & table.phrases.keys())})
    if twice:
        raise TableError(f"{twice[0]}: stands in another file of the language too")
    return replace(table, sources={**table.sources, **sources}, phrases={**table.phrases, **phrases})


def _phrases(prefix: str, section: dict[str, Any], source: object, review: object) -> Iterator[tuple[str, Phrase]]:
    source = section.get("_source", source)
    review = section.get("_review", review)
    for name, value in section.items():
        key = f"{prefix}{name}"
        if name.startswith("_"):
            continue
        if isinstance(value, dict) and "text" not in value:
            yield from _phrases(f"{key}.", value, source, review)
        else:
            yield key, _phrase(key, value, source, review)


def _phrase(key: str, value: object, source: object, review: object) -> Phrase:
    if isinstance(value, dict):
        source, review = value.get("source", source), value.get("review", review)
        value = value["text"]
    texts = value if isinstance(value, list) else [value]
    forms = tuple(text for text in texts if isinstance(text, str) and text.strip())
    if not forms or len(forms) != len(texts):
        raise TableError(f"{key}: expected a text or a list of texts, none of them empty; found {value!r}")
    if not isinstance(source, str) or not isinstance(review, str) or review not in set(Review):
        raise TableError(f"{key}: _source and _review (official, reviewed, unreviewed) must stand above it")
    return Phrase(forms, source, Review(review))
