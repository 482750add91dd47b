"""The signature of a webhook, as Standard Webhooks has it: receivers check it with a library of their language."""

import base64
import binascii
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"


def headers(secrets: Sequence[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers, signed with each secret that holds: a receiver takes whichever it knows.

    `timestamp` is of this try: a receiver refuses what is old. Raises `ValueError`.
    """
    signed = [f"v1,{signature(secret, message_id, timestamp, body)}" for secret in secrets]
    if not signed:
        raise ValueError("the webhook has no secret; give it one")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over id, time and body, in base64. Raises `ValueError` for a secret that is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("the webhook's secret is not base64; give it a new one") from None
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
