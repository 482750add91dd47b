"""One message as FCM's JSON: encoded once by the Firebase Admin SDK, then only the address changes (push.md §7.2)."""

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii

from firebase_admin import messaging

from alerts.ports import Address, Platform
from alerts.times import JST
from alerts.wording.message import PhoneMessage
from workers.fcm.platforms import android, apple, web

MAX_PAYLOAD = 4096  # bytes (push.md §4)
LONGEST_ADDRESS = 400  # bytes kept free for a token; today they have about 163
LONGEST_COLLAPSE_ID = 64  # bytes (APNs)
_MARK = "@"


class UnsendableMessageError(ValueError):
    """A message that FCM or APNs would refuse for every phone."""


@dataclass(frozen=True, slots=True)
class Template:
    """A request body without its address: what stands before and after it, by kind of address; and as the SDK's."""

    around: Mapping[str, tuple[bytes, bytes]]
    sdk: Mapping[str, messaging.Message]

    def addressed(self, address: Address) -> bytes:
        """The whole body for one device."""
        before, after = self.around[address.kind]
        return b"".join((before, encode_basestring_ascii(address.value).encode(), after))

    def message(self, address: Address) -> messaging.Message:
        """The SDK's message for one device."""
        one = copy(self.sdk[address.kind])
        setattr(one, address.kind, address.value)
        return one


def encode(message: PhoneMessage, platform: Platform, now: datetime, *, critical_entitlement: bool = False) -> Template:
    """The body of `messages:send` for all devices of a platform; its time to live counts from `now`.

    `critical_entitlement`: Apple granted the app critical alerts; without it `critical` is time-sensitive. Raises
    `UnsendableMessageError` for what FCM would not take.
    """
    around, by_kind = {}, {}
    for kind in ("token", "fid"):
        sdk = sdk_message(message, platform, Address(kind, _MARK), now, critical_entitlement=critical_entitlement)
        body = _compact({"message": json.loads(str(sdk))})
        if len(body) + LONGEST_ADDRESS >= MAX_PAYLOAD:
            raise UnsendableMessageError(
                f"alert {message.alert_id} revision {message.revision} in {message.language} is {len(body)} bytes for "
                f"{platform} before the address, and FCM takes {MAX_PAYLOAD} in all: shorten the text"
            )
        key = f'"{kind}":'.encode()
        before, after = body.split(key + f'"{_MARK}"'.encode())
        around[kind], by_kind[kind] = (before + key, after), sdk
    return Template(around, by_kind)


def sdk_message(
    message: PhoneMessage, platform: Platform, address: Address, now: datetime, *, critical_entitlement: bool = False
) -> messaging.Message:
    """The same message as an object of the SDK, for one device."""
    if len(message.tag.encode()) > LONGEST_COLLAPSE_ID:
        raise UnsendableMessageError(f"alert id {message.tag!r} is longer than {LONGEST_COLLAPSE_ID} bytes")
    sdk = messaging.Message(
        notification=messaging.Notification(title=message.title, body=message.body),
        data=_data(message),
        android=android(message, now) if platform is Platform.ANDROID else None,
        apns=apple(message, critical_entitlement=critical_entitlement) if platform is Platform.IOS else None,
        webpush=web(message, now) if platform is Platform.WEB else None,
        fid=address.value,
    )
    if address.kind == "token":  # set afterwards: the SDK's constructor warns of tokens, which phones send for years
        sdk.fid, sdk.token = None, address.value
    return sdk


def _data(message: PhoneMessage) -> dict[str, str]:
    """What the app needs to draw its own screen and to drop what is late or older than what it shows (R22, R29)."""
    return {
        "alert_id": message.alert_id,
        "revision": str(message.revision),
        "hazard": message.hazard,
        "code": message.code,
        "level": "" if message.level is None else str(message.level),
        "change": message.change.value,
        "urgency": message.urgency.value,
        "places": ",".join(map(str, message.places)),
        "follows": ",".join(map(str, message.follows)),
        "digest": " ".join(message.digest),
        "silent": "true" if message.silent else "false",
        "drill": "true" if message.drill else "false",
        "issued_at": message.issued_at.astimezone(JST).isoformat(),
        "expires_at": message.expires_at.astimezone(JST).isoformat(),
    }


def _compact(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
