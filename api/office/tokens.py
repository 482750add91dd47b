"""The token in every form: made from the session's own, so a page of another site, session or world has none."""

import hmac


def form_token(session_token: str, world: str) -> str:
    """64 hexadecimal digits. A form of the live pages is refused in the drill, and the reverse (R1)."""
    return hmac.digest(session_token.encode(), f"form {world}".encode(), "sha256").hex()


def is_form_token(given: str, session_token: str, world: str) -> bool:
    """Whether the form is one of this session and this world."""
    return hmac.compare_digest(given.encode(), form_token(session_token, world).encode())
