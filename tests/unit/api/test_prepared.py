"""An answer made once: its ETag, and who gets 304."""

import pytest
from fastapi import Request
from pydantic import BaseModel

from api.residents.prepared import SHORT, prepare


class Greeting(BaseModel):
    word: str
    to: str | None = None


def asked(if_none_match: str | None) -> Request:
    headers = [(b"if-none-match", if_none_match.encode())] if if_none_match is not None else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def greeting(word: str = "hello", language: str | None = None):
    return prepare(Greeting(word=word), language=language, caching=SHORT)


def test_equal_answers_have_equal_tags_and_others_have_not():
    assert greeting().etag == greeting().etag
    assert greeting().etag != greeting("good evening").etag


def test_a_key_without_value_is_still_there():
    assert greeting().body == b'{"word":"hello","to":null}'


@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}', "*", '{},"other"'])
def test_who_holds_it_gets_304_without_a_body(held):
    answer = greeting().answer(asked(held.format(greeting().etag)))
    assert (answer.status_code, answer.body) == (304, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("held", [None, "", '"other"', "not a tag"])
def test_everybody_else_gets_the_answer(held):
    answer = greeting().answer(asked(held))
    assert (answer.status_code, answer.body) == (200, greeting().body)


def test_only_what_depends_on_the_language_varies_with_it():
    assert "vary" not in greeting().answer(asked(None)).headers
    assert greeting(language="en").answer(asked(None)).headers["vary"] == "Accept-Language"
