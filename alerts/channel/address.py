"""Whether an address of the list can be one; said when it is put on the list, not when somebody must be told."""

import re
from urllib.parse import urlsplit

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_LONGEST = 2000


def mailbox_problem(address: str) -> str | None:
    """What is wrong with an e-mail address; None if nothing. No display name, ASCII only (RFC 5321)."""
    if _MAILBOX.fullmatch(address) and ".." not in address:
        return None
    return "is no plain e-mail address such as shobo@example.jp"


def target_problem(url: str) -> str | None:
    """What is wrong with a webhook's address; None if nothing. Only https, where nobody reads along."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is no URL"
    if parts.scheme != "https" or not parts.hostname:
        return "must begin with https:// and name a host"
    if parts.username or parts.password or parts.fragment:
        return "must hold no password and no #: the signature says who speaks"
    return "is too long" if len(url) > _LONGEST or not url.isascii() or " " in url else None
