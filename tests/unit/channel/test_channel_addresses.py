"""Addresses and servers that can be none are refused when they are given; waits grow and are never in step."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channel.address import mailbox_problem, target_problem
from alerts.channel.letter import Answer, Taken
from alerts.channel.retry import JITTER, WAITS, wait_after
from workers.channels.smtp_server import SmtpServer
from workers.channels.tls import trusting


@pytest.mark.parametrize("address", ["shobo@example.jp", "a.b+c@mail.city.example.jp", "x@xn--eckwd4c7c.example.jp"])
def test_a_plain_address_is_taken(address):
    assert mailbox_problem(address) is None


@pytest.mark.parametrize(
    "address",
    ["", "shobo", "消防@example.jp", "a@b", "A <a@example.jp>", "a@example.jp\nBcc: b@x.jp", "a..b@example.jp"],
)
def test_what_is_no_plain_address_is_refused(address):
    assert mailbox_problem(address)


def test_a_webhook_is_an_https_address():
    assert target_problem("https://hooks.example.jp:8443/bosai?x=1") is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://hooks.example.jp/",
        "https://",
        "https://user:secret@hooks.example.jp/",
        "https://hooks.example.jp/#a",
        "https://hooks.example.jp:99999/",
        "ftp://hooks.example.jp/",
        "https://hooks.example.jp/" + "a" * 2000,
        "https://hooks.example.jp/消防",
    ],
)
def test_any_other_is_refused(url):
    assert target_problem(url)


def test_a_mail_server_is_read_from_its_url():
    server = SmtpServer.of("smtps://bosai%40city:p%3A%40s@mail.example.jp", "見本市 防災情報 <bosai@city.example.jp>")
    assert (server.scheme, server.host, server.port) == ("smtps", "mail.example.jp", 465)
    assert (server.user, server.password) == ("bosai@city", "p:@s")
    assert (server.sender.display_name, server.sender.addr_spec) == ("見本市 防災情報", "bosai@city.example.jp")
    assert not server.is_local
    assert SmtpServer.of("smtp://localhost", "bosai@city.example.jp").port == 587


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.jp:465", "bosai@city.example.jp"),
        ("http://mail.example.jp", "bosai@city.example.jp"),
        ("smtp://user:secret-word@mail.example.jp:99999", "bosai@city.example.jp"),
        ("smtp://user@mail.example.jp", "bosai@city.example.jp"),
        ("smtp://mail.example.jp", "見本市"),
    ],
)
def test_a_mail_server_that_can_be_none_is_refused_without_its_password(url, sender):
    with pytest.raises(ValueError, match=r"smtps://|password|address") as refused:
        SmtpServer.of(url, sender)
    assert "secret-word" not in str(refused.value)


def test_an_authority_that_is_none_is_refused(tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")
    for path in (file, tmp_path / "missing.pem"):
        with pytest.raises(ValueError, match="BOSAI_CHANNEL_CA"):
            trusting(path)


@given(attempts=st.integers(1, 1000), asked=st.floats(0, 10_000), chance=st.floats(0, 1))
def test_nobody_is_asked_before_it_wants_to_be_nor_all_at_once(attempts, asked, chance):
    wait = wait_after(attempts, Answer(Taken.NOT_NOW, "", wait=asked), chance)
    least = max(WAITS[min(attempts, len(WAITS)) - 1], timedelta(seconds=asked))
    assert least <= wait <= least * (1 + JITTER) + timedelta(microseconds=1)
