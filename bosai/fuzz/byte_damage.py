"""Damage to the bytes: cut off, entities, wrong encodings, noise. Each returns the bytes and what it did."""

import re
from random import Random

_DIGITS = re.compile(rb">([0-9]{2,7})<")
_WORD = re.compile(rb">[^<>\s]+<")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_BOMB = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
_DTDS = (
    b'<!DOCTYPE Report [<!ENTITY l0 "33">' + _BOMB + b"]>",
    b'<!DOCTYPE Report [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE Report SYSTEM "http://127.0.0.1:9/jmx.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    b'<!DOCTYPE Report [<!ENTITY l9 "33"><!ATTLIST Kind condition CDATA "33">]>',
)
_NAMES = (b"shift_jis", b"utf-16", b"us-ascii", b"euc-jp", b"utf-7", b"nonsense")


def truncate(raw: bytes, random: Random) -> tuple[bytes, str]:
    """The beginning only."""
    length = random.randrange(len(raw))
    return raw[:length], f"truncate to {length} bytes"


def reference(raw: bytes, random: Random) -> tuple[bytes, str]:
    """Digits as character references: the same text."""
    found = list(_DIGITS.finditer(raw))
    if not found:
        return raw, "no digits to refer to"
    at = random.choice(found)
    text = b"".join(random.choice((b"&#%d;", b"&#x%x;")) % digit for digit in at[1])
    return raw[: at.start(1)] + text + raw[at.end(1) :], f"references for {at[1].decode()} at {at.start(1)}"


def entity(raw: bytes, random: Random) -> tuple[bytes, str]:
    """An entity in the place of a text, with no declaration or with one of its own."""
    found = list(_WORD.finditer(raw))
    if not found:
        return raw[:-1], "no text for an entity"
    at = random.choice(found)
    changed = raw[: at.start() + 1] + random.choice((b"&l9;", b"&#0;", b"&", b"&amp;amp;")) + raw[at.end() - 1 :]
    return _declared(changed, random.choice((b"", *_DTDS))), f"entity at {at.start()}"


def bomb(raw: bytes, random: Random) -> tuple[bytes, str]:
    """A document type declaration: billions of laughs, files and addresses of others."""
    kind = random.randrange(len(_DTDS))
    return _declared(raw, _DTDS[kind]), f"document type {kind}"


def encode(raw: bytes, random: Random) -> tuple[bytes, str]:
    """The name of another encoding, or the bytes of another one."""
    name = random.choice(_NAMES)
    body = _DECLARATION.sub(b"", raw)
    if random.choice((True, False)):
        return b'<?xml version="1.0" encoding="' + name + b'"?>' + body, f"said to be {name.decode()}"
    other = random.choice(("utf-16", "utf-32", "euc-jp", "utf-8-sig"))
    return body.decode("utf-8", "replace").encode(other, "replace"), f"written in {other}"


def surround(raw: bytes, random: Random) -> tuple[bytes, str]:
    """Something before or after the whole."""
    more = random.choice((raw, b"\x00", b"\xef\xbb\xbf", b"<html/>", b"HTTP/1.1 200 OK\r\n\r\n", b" " * 1_000_000))
    before = random.choice((True, False))
    return (more + raw if before else raw + more), f"{len(more)} bytes {'before' if before else 'after'}"


def flip(raw: bytes, random: Random) -> tuple[bytes, str]:
    """Some bytes become others."""
    changed, count = bytearray(raw), random.choice((1, 1, 3, 20))
    for _ in range(count):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed), f"flip {count} bytes"


def cut(raw: bytes, random: Random) -> tuple[bytes, str]:
    """A piece is missing."""
    start = random.randrange(len(raw))
    end = min(len(raw), start + random.choice((1, 10, 200, 5000)))
    return raw[:start] + raw[end:], f"cut {end - start} bytes at {start}"


def stuff(raw: bytes, random: Random) -> tuple[bytes, str]:
    """A piece of the telegram once more, somewhere else."""
    start, at = random.randrange(len(raw)), random.randrange(len(raw))
    piece = raw[start : start + random.choice((1, 10, 200, 5000))]
    return raw[:at] + piece + raw[at:], f"stuff {len(piece)} bytes of {start} in at {at}"


def _declared(raw: bytes, declaration: bytes) -> bytes:
    """With a document type declaration where it belongs: after the XML declaration."""
    head = _DECLARATION.match(raw)
    end = head.end() if head else 0
    return raw[:end] + declaration + raw[end:]
