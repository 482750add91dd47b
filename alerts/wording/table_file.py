"""Reads the language files: `ja.toml`, and what the files in the folder of its tag add to it."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from alerts.wording.phrases import Phrase, PhraseTable, Review, TableError


def parse(text: str) -> PhraseTable:
    """Reads a language file; raises `TableError` naming the phrase that is wrong."""
    try:
        data = tomllib.loads(text)
        language = data["language"]
        return PhraseTable(
            language=language["tag"],
            name=language["name"],
            tags=tuple(language["tags"]),
            stand_ins=tuple(language["stand_ins"]),
            script=language["script"],
            places=language["places"],
            join=language["join"],
            list_join=language["list_join"],
            title_limit=language["title_limit"],
            body_limit=language["body_limit"],
            level_words=tuple(language["level_words"]),
            drill_word=language["drill_word"],
            order_words=tuple(language["order_words"]),
            class_words={int(rank): word for rank, word in language["class_words"].items()},
            plain_words=tuple(language["plain_words"]),
            speech=dict(language["speech"]),
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
