"""What comes from outside is parsed without believing it."""

import socket
from pathlib import Path

import pytest

from alerts.telegram.xml import MAX_BYTES, BrokenTelegramError, parse

OPEN = '<Report xmlns="http://xml.kishou.go.jp/jmaxml1/">'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "Not well-formed"),
        (b"\x00\xff", "Not well-formed"),
        (OPEN.encode(), "Not well-formed"),
        (f"{OPEN}</Report>rest".encode(), "Not well-formed"),
        (f"{OPEN}&unknown;</Report>".encode(), "Not well-formed"),
        (b'<?xml version="1.0" encoding="no-such"?><Report/>', "Not well-formed"),
        (b"<Report/>", "its root is Report"),
        (b"<html><body>503</body></html>", "its root is html"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "its root is"),
        (f"<!DOCTYPE Report>{OPEN}</Report>".encode(), "no DTD and no entities"),
        (f'<!DOCTYPE Report [<!ENTITY a "x">]>{OPEN}&a;</Report>'.encode(), "no DTD and no entities"),
        (f'<!DOCTYPE Report [<!ENTITY a0 "x">{BOMB}]>{OPEN}&a9;</Report>'.encode(), "Not well-formed"),
        (f'<!DOCTYPE Report [<!ENTITY a0 "x">{BOMB}]>{OPEN}<a b="&a9;"/></Report>'.encode(), "Not well-formed"),
        (f'<!DOCTYPE Report [<!ENTITY a0 "x">{BOMB}]>{OPEN}</Report>'.encode("utf-16"), "no DTD and no entities"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_what_is_not_a_whole_jma_telegram_is_refused_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(BrokenTelegramError, match=reason):
        parse(raw)


def test_a_telegram_over_the_size_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(BrokenTelegramError, match="more than the 8,388,608"):
        parse(b"x" * (MAX_BYTES + 1))


def test_an_all_japan_snapshot_of_six_megabytes_is_accepted() -> None:
    items = "<Item><Kind>大雨</Kind></Item>" * 200_000
    raw = f"{OPEN}<Body>{items}</Body></Report>".encode()
    assert 6_000_000 < len(raw) < MAX_BYTES
    assert len(parse(raw)[0]) == 200_000


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(BrokenTelegramError, match="depth"):
        parse(f"{OPEN}{'<a>' * 1000}{'</a>' * 1000}</Report>".encode())


def test_nothing_is_fetched_from_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        for doctype in (
            f'<!DOCTYPE Report SYSTEM "{address}/jmx.dtd">',
            f'<!DOCTYPE Report [<!ENTITY a SYSTEM "{address}/a">]>',
            f'<!DOCTYPE Report [<!ENTITY % a SYSTEM "{address}/a"> %a;]>',
        ):
            with pytest.raises(BrokenTelegramError):
                parse(f"{doctype}{OPEN}&a;</Report>".encode())
        with pytest.raises(BlockingIOError):
            server.accept()


def test_no_file_of_this_machine_gets_into_a_telegram(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the key")
    raw = f'<!DOCTYPE Report [<!ENTITY a SYSTEM "{secret.as_uri()}">]>{OPEN}&a;</Report>'.encode()
    with pytest.raises(BrokenTelegramError) as refused:
        parse(raw)
    assert "the key" not in refused.value.reason


def test_comments_and_instructions_do_not_split_a_text() -> None:
    assert parse(f"{OPEN}<Title>大<!-- x -->雨<?x y?>警報</Title></Report>".encode())[0].text == "大雨警報"
