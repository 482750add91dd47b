"""Bytes from the wire: never beyond the limit, never half."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.feeds.body import Body, BodyError


def read(encoding: str, limit: int, chunks: list[bytes]) -> bytes:
    body = Body(encoding, limit)
    for chunk in chunks:
        body.feed(chunk)
    return body.whole()


@given(st.binary(max_size=500), st.integers(1, 50), st.sampled_from(["", "gzip"]))
def test_a_body_comes_out_as_it_went_in_however_it_is_cut(data: bytes, size: int, encoding: str) -> None:
    sent = gzip.compress(data) if encoding else data
    assert read(encoding, 500, [sent[i : i + size] for i in range(0, len(sent), size)]) == data


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_of_exactly_the_limit_passes_and_one_byte_more_does_not(encoding: str) -> None:
    pack = gzip.compress if encoding else bytes
    assert len(read(encoding, 1000, [pack(b"x" * 1000)])) == 1000
    with pytest.raises(BodyError, match="more than 1,000 bytes"):
        read(encoding, 1000, [pack(b"x" * 1001)])


def test_a_gzip_bomb_is_stopped_at_the_limit() -> None:
    body = Body("gzip", 1000)
    with pytest.raises(BodyError, match="more than"):
        body.feed(gzip.compress(b"0" * 50_000_000))


@given(st.integers(1, 60))
def test_a_compressed_body_that_was_cut_off_is_not_whole(missing: int) -> None:
    sent = gzip.compress(bytes(range(256)))
    with pytest.raises(BodyError, match="ends in the middle"):
        read("gzip", 1000, [sent[:-missing]])


def test_what_is_not_gzip_is_refused() -> None:
    with pytest.raises(BodyError, match="broken"):
        read("gzip", 1000, [b"<html>an error page of a proxy</html>"])


def test_an_encoding_nobody_asked_for_is_refused() -> None:
    with pytest.raises(BodyError, match="br"):
        Body("br", 1000)
