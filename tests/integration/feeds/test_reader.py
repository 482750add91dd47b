"""HttpxFeedReader against a real server on loopback."""

import gzip
import os
import socket
import threading
from datetime import UTC, datetime

import pytest
from feed_server import TELEGRAM, FeedServer, cut_connection, cut_unannounced, dripping, plain, status, waiting_for

from alerts.ports import FeedUnavailableError
from alerts.telegram.atom import parse_feed
from workers.feeds import HttpxFeedReader, ReaderLimits

AT = datetime(2026, 7, 28, 9, 42, 3, tzinfo=UTC)
FILE = "20260728094203_0_VPWW55_270000.xml"


@pytest.fixture(autouse=True)
def announced(server: FeedServer) -> None:
    server.announce("extra", FILE, AT)


@pytest.fixture
def extra(server: FeedServer) -> str:
    return f"{server.base_url}extra.xml"


def test_a_feed_comes_whole_with_what_a_later_poll_needs(server, reader, extra) -> None:
    answer = reader.poll(extra, None, None)
    assert parse_feed(answer.body).entries[0].url == server.address(FILE)
    assert answer.etag.startswith('W/"')
    assert answer.last_modified == "Tue, 28 Jul 2026 09:45:11 GMT"
    assert answer.fresh_for_seconds == 60


def test_r23_an_unchanged_feed_is_not_sent_again(server, reader, extra) -> None:
    first = reader.poll(extra, None, None)
    again = reader.poll(extra, first.etag, first.last_modified)
    assert again.body is None
    assert server.requests[-1].status == 304
    assert server.requests[-1].headers["If-None-Match"] == first.etag
    assert server.requests[-1].headers["If-Modified-Since"] == first.last_modified


def test_a_cached_answer_is_fresh_for_what_is_left_of_its_age(server, reader, extra) -> None:
    server.cache = {"Cache-Control": "max-age=60", "Age": "41"}
    assert reader.poll(extra, None, None).fresh_for_seconds == 19


def test_r23_the_request_is_compressed_and_says_who_asks(server, reader, extra) -> None:
    reader.poll(extra, None, None)
    headers = server.requests[-1].headers
    assert headers["Accept-Encoding"] == "gzip"
    assert "bosai" in headers["User-Agent"]


def test_r23_bytes_are_counted_as_they_were_on_the_wire(server, reader) -> None:
    body = TELEGRAM.replace(b"<Control/>", b"<Control/>" + b" " * 20_000)
    server.announce("extra", "big.xml", AT, body)
    answer = reader.fetch(server.address("big.xml"))
    assert answer.body == body
    packed = len(gzip.compress(body, mtime=0))
    assert packed < answer.bytes_received < packed + 600  # the headers come on top


def test_a_server_that_does_not_compress_is_read_too(server, reader, extra) -> None:
    server.misbehave("extra", plain(b"<feed/>"))
    assert reader.poll(extra, None, None).body == b"<feed/>"


@pytest.mark.parametrize("code", [204, 206, 400, 403, 404, 410, 429, 500, 502, 503])
def test_every_status_but_200_and_304_is_an_error_that_names_it(server, reader, extra, code: int) -> None:
    server.misbehave("extra", status(code) if code != 204 else status(code, Content_Length="0"))
    with pytest.raises(FeedUnavailableError, match=str(code)):
        reader.poll(extra, None, None)


def test_a_304_that_nobody_asked_for_is_an_error(server, reader) -> None:
    server.misbehave(FILE, lambda reply: reply.__dict__.update(status=304, body=b"", headers={}))
    with pytest.raises(FeedUnavailableError, match="304"):
        reader.fetch(server.address(FILE))


def test_the_server_may_ask_for_patience(server, reader, extra) -> None:
    server.misbehave("extra", status(429, Retry_After="77"))
    with pytest.raises(FeedUnavailableError) as caught:
        reader.poll(extra, None, None)
    assert caught.value.retry_after_seconds == 77
    assert caught.value.bytes_received > 0


def test_a_redirect_is_not_followed_anywhere(server, reader, extra) -> None:
    server.misbehave("extra", status(302, Location=server.address(FILE)))
    with pytest.raises(FeedUnavailableError, match="302 to http"):
        reader.poll(extra, None, None)
    assert server.fetched() == []


@pytest.mark.parametrize("cut", [cut_connection, cut_unannounced])
def test_a_body_that_ends_too_early_is_an_error_and_its_bytes_count(server, reader, extra, cut) -> None:
    server.misbehave("extra", cut)
    with pytest.raises(FeedUnavailableError) as caught:
        reader.poll(extra, None, None)
    assert caught.value.bytes_received > 0


def test_an_oversized_telegram_is_not_read_to_its_end(server, reader) -> None:
    server.misbehave(FILE, plain(b"<" * 60_000))
    with pytest.raises(FeedUnavailableError, match="more than 50,000 bytes"):
        reader.fetch(server.address(FILE))


def test_a_feed_may_be_larger_than_a_telegram(server, reader, extra) -> None:
    server.misbehave("extra", plain(b"<" * 60_000))
    assert len(reader.poll(extra, None, None).body) == 60_000


def test_r9_a_silent_server_is_given_up(server, impatient, extra) -> None:
    release = threading.Event()
    server.misbehave("extra", waiting_for(release))
    with pytest.raises(FeedUnavailableError, match="ReadTimeout"):
        impatient.poll(extra, None, None)
    release.set()


def test_r9_a_server_that_drips_is_given_up_as_a_whole(server, impatient, extra) -> None:
    release = threading.Event()
    server.misbehave("extra", dripping(release))
    with pytest.raises(FeedUnavailableError, match="no whole answer within"):
        impatient.poll(extra, None, None)
    release.set()


def test_r9_a_server_that_drips_its_headers_is_given_up_too(impatient) -> None:
    release = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                for byte in b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 1000:
                    if release.wait(0.02):
                        return
                    connection.send(bytes([byte]))

        dripper = threading.Thread(target=drip)
        dripper.start()
        with pytest.raises(FeedUnavailableError, match="no whole answer within"):
            impatient.poll(f"http://127.0.0.1:{listening.getsockname()[1]}/extra.xml", None, None)
        release.set()
        dripper.join()


def test_nobody_at_the_address_is_an_error_in_words(reader) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(FeedUnavailableError, match="ConnectError"):
        reader.poll(f"http://127.0.0.1:{port}/extra.xml", None, None)


@pytest.mark.parametrize("url", ["", "extra.xml", "ftp://127.0.0.1/extra.xml", "http://["])
def test_an_address_that_is_none_is_an_error_in_words(reader, url: str) -> None:
    with pytest.raises(FeedUnavailableError):
        reader.poll(url, None, None)


def test_many_threads_read_at_once(server, reader) -> None:
    bodies: list[bytes | None] = []
    threads = [
        threading.Thread(target=lambda: bodies.append(reader.fetch(server.address(FILE)).body)) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [TELEGRAM] * 16


def test_connections_are_used_again(server, reader) -> None:
    for _ in range(3):
        reader.fetch(server.address(FILE))
    assert server.connections == 1


def test_a_closed_reader_opens_again(server, reader) -> None:
    reader.fetch(server.address(FILE))
    reader.close()
    assert reader.fetch(server.address(FILE)).body == TELEGRAM


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Celery forks its workers too
def test_a_child_process_reads_with_connections_of_its_own(server, reader) -> None:
    reader.fetch(server.address(FILE))
    child = os.fork()
    if child == 0:
        os._exit(0 if reader.fetch(server.address(FILE)).body == TELEGRAM else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert reader.fetch(server.address(FILE)).body == TELEGRAM


def test_the_environments_proxy_is_not_taken(server, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    reader = HttpxFeedReader(ReaderLimits())
    assert reader.fetch(server.address(FILE)).body == TELEGRAM
    reader.close()
