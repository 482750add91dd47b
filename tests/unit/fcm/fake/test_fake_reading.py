"""The fake reads a text once, and from then on only its tokens: that must never change what it reads."""

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from workers.fcm.fake.reading import MessageReader, Posted

TOKENS = st.text(max_size=8) | st.sampled_from(['a"b', "a\\b", "", '","token":"', "d1"])
MESSAGES = st.fixed_dictionaries(
    {"data": st.fixed_dictionaries({"revision": st.sampled_from(["1", "2"])}, optional={"token": TOKENS})},
    optional={
        "token": TOKENS,
        "fid": TOKENS,
        "notification": st.fixed_dictionaries({"title": TOKENS}),
        "android": st.fixed_dictionaries({"notification": st.fixed_dictionaries({"tag": st.sampled_from(["a", "b"])})}),
        "apns": st.fixed_dictionaries({"headers": st.fixed_dictionaries({"apns-collapse-id": st.just("c")})}),
    },
)


@given(messages=st.lists(MESSAGES, max_size=12), sort=st.booleans())
def test_whatever_was_read_before_a_message_is_read_as_if_alone(messages: list[dict[str, Any]], sort: bool) -> None:
    reader = MessageReader()
    for message in messages * 2:
        body = orjson.dumps({"message": message}, option=orjson.OPT_SORT_KEYS if sort else None)
        assert reader.read(body) == MessageReader().read(body)


@given(tokens=st.lists(st.text(st.characters(codec="ascii"), max_size=6), min_size=2, max_size=9))
def test_one_text_with_many_tokens_is_told_apart_by_them(tokens: list[str]) -> None:
    reader = MessageReader()
    for token in tokens:
        message = {"data": {"revision": "3"}, "android": {"notification": {"tag": "a"}}, "token": f"d{token}"}
        assert reader.read(orjson.dumps({"message": message})) == Posted(f"d{token}", "a#3")


def test_what_is_no_message_to_a_device_is_none() -> None:
    reader = MessageReader()
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"message":[]}',
        b'{"message":{"token":7}}',
        b'{"message":{"data":{"token":"x"}}}',
    ):
        assert reader.read(body) is None
