"""An answer made once: its ETag, and who gets 304."""

import gzip

import brotli
import pytest
from fastapi import Request
from pydantic import BaseModel

from api.residents.prepared import SHORT, Prepared, prepare


class Greeting(BaseModel):
    word: str
    to: str | None = None


def asked(if_none_match: str | None = None, accept_encoding: str | None = None) -> Request:
    told = {"if-none-match": if_none_match, "accept-encoding": accept_encoding}
    headers = [(name.encode(), value.encode()) for name, value in told.items() if value is not None]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def greeting(word: str = "hello", language: str | None = None):
    return prepare(Greeting(word=word), language=language, caching=SHORT)


def tag(prepared: Prepared, accept_encoding: str | None = None) -> str:
    return prepared.answer(asked(accept_encoding=accept_encoding)).headers["etag"]


def test_equal_answers_have_equal_tags_and_others_have_not():
    assert tag(greeting()) == tag(greeting())
    assert tag(greeting()) != tag(greeting("good evening"))


def test_a_key_without_value_is_still_there():
    assert greeting().body == b'{"word":"hello","to":null}'


@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}', "*", '{},"other"'])
def test_who_holds_it_gets_304_without_a_body(held):
    answer = greeting().answer(asked(held.format(tag(greeting()))))
    assert (answer.status_code, answer.body) == (304, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("held", [None, "", '"other"', "not a tag"])
def test_everybody_else_gets_the_answer(held):
    answer = greeting().answer(asked(held))
    assert (answer.status_code, answer.body) == (200, greeting().body)


def test_only_what_depends_on_the_language_varies_with_it():
    assert greeting().answer(asked()).headers["vary"] == "Accept-Encoding"
    assert greeting(language="en").answer(asked()).headers["vary"] == "Accept-Language, Accept-Encoding"


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize("coding", UNPACK)
def test_a_long_answer_is_packed_and_its_tag_is_its_own(coding):
    long = greeting("hello " * 1000)
    packed = long.answer(asked(accept_encoding=coding))
    assert packed.headers["content-encoding"] == coding
    assert len(packed.body) == int(packed.headers["content-length"]) < len(long.body) / 10
    assert UNPACK[coding](packed.body) == long.body
    assert len({tag(long), tag(long, "gzip"), tag(long, "br")}) == 3


def test_who_holds_one_coding_and_asks_for_another_gets_that():
    long = greeting("hello " * 1000)
    assert long.answer(asked(tag(long, "gzip"), "gzip")).status_code == 304
    assert long.answer(asked(tag(long, "gzip"), "br")).status_code == 200


def test_an_answer_that_would_not_become_smaller_stays_as_it_is():
    answer = greeting().answer(asked(accept_encoding="gzip, br"))
    assert "content-encoding" not in answer.headers
    assert tag(greeting(), "br") == tag(greeting())


def test_an_answer_is_packed_once():
    long = greeting("hello " * 1000)
    assert long.variant("br") is long.variant("br")
