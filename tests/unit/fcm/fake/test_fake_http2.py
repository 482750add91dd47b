"""HTTP/2 of the fake server, held against the `h2` and `hpack` packages."""

from itertools import pairwise

import h2.connection
import h2.events
from hpack import Encoder
from hypothesis import given
from hypothesis import strategies as st

from workers.fcm.fake.exchange import Answer
from workers.fcm.fake.frames import (
    PREFACE,
    ErrorCode,
    Flag,
    FrameReader,
    Setting,
    goaway,
    rst_stream,
    settings,
    unpadded,
    window_update,
)
from workers.fcm.fake.headers import HeaderReader, answer_frames

NAMES = st.sampled_from(["authorization", "content-length", "x-a", "x-b"])
REQUESTS = st.lists(st.lists(st.tuples(NAMES, st.sampled_from(["1", "22", "a longer value"])), max_size=4), max_size=30)


@given(requests=REQUESTS)
def test_a_remembered_block_reads_like_a_decoded_one(requests: list[list[tuple[str, str]]]) -> None:
    """Whatever a client puts into the dynamic table in between."""
    encoder, reader = Encoder(), HeaderReader()
    for extra in requests:
        fields = {":method": "POST", ":path": "/v1", **dict(extra)}
        read = reader.read(encoder.encode(fields.items()))
        assert (read.method, read.path, read.headers) == ("POST", "/v1", fields)


@given(cuts=st.lists(st.integers(0, 200), max_size=10))
def test_frames_are_found_however_the_bytes_are_cut(cuts: list[int]) -> None:
    sent = (
        PREFACE
        + settings({Setting.INITIAL_WINDOW_SIZE: 9})
        + window_update(70_000)
        + rst_stream(5, ErrorCode.REFUSED_STREAM)
    )
    edges = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    reader = FrameReader()
    frames = [frame for start, end in pairwise(edges) for frame in reader.feed(sent[start:end])]
    assert [(kind, stream) for kind, _flags, stream, _payload in frames] == [(4, 0), (8, 0), (3, 5)]
    assert frames[1][3] == (70_000).to_bytes(4, "big")


def test_padding_and_priority_are_taken_off() -> None:
    assert unpadded(0, b"data") == b"data"
    assert unpadded(Flag.PADDED, b"\x02data\x00\x00") == b"data"
    assert unpadded(Flag.PADDED | Flag.PRIORITY, b"\x01" + b"\x00" * 5 + b"data\x00") == b"data"


def test_the_h2_package_understands_our_answers() -> None:
    client = h2.connection.H2Connection()
    client.initiate_connection()
    for stream in (1, 3):
        client.send_headers(
            stream, [(":method", "POST"), (":scheme", "https"), (":authority", "x"), (":path", "/")], True
        )
    events = client.receive_data(
        settings({Setting.MAX_CONCURRENT_STREAMS: 100})
        + window_update(1000)
        + answer_frames(1, Answer(429, b'{"error": {}}', retry_after=7))
        + answer_frames(3, Answer(200, b"{}"))
        + goaway(3)
    )
    responses = [event for event in events if isinstance(event, h2.events.ResponseReceived)]
    assert [dict(response.headers) for response in responses] == [
        {b":status": b"429", b"content-type": b"application/json; charset=UTF-8", b"retry-after": b"7"},
        {b":status": b"200", b"content-type": b"application/json; charset=UTF-8"},
    ]
    assert [event.data for event in events if isinstance(event, h2.events.DataReceived)] == [b'{"error": {}}', b"{}"]
    assert [event.stream_id for event in events if isinstance(event, h2.events.StreamEnded)] == [1, 3]
    assert [event.last_stream_id for event in events if isinstance(event, h2.events.ConnectionTerminated)] == [3]
