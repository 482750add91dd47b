"""What each platform is told beside the text: how long it lives, what it replaces, how it sounds (design.md §4)."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from firebase_admin import messaging

from alerts.alert import Urgency
from alerts.folding import collapse_key
from alerts.wording.message import PhoneMessage
from workers.fcm.presentation import presentation_of

LONGEST_TOPIC = 32  # characters of base64url (RFC 8030 §5.4)


def android(message: PhoneMessage, now: datetime) -> messaging.AndroidConfig:
    """High priority always: the notification is always shown, so FCM does not count it against us (push.md §4).

    Only `normal` pushes have a collapse key: a phone that was off gets every warning, and the last notice of each
    family (decision 22). Revisions of one alert replace each other by their tag, when they are shown.
    """
    look = presentation_of(message)
    return messaging.AndroidConfig(
        priority="high",
        collapse_key=collapse_key(message.hazard) if message.urgency is Urgency.NORMAL else None,
        ttl=_seconds_left(message, now),
        notification=messaging.AndroidNotification(
            tag=message.tag,
            channel_id=look.android_channel,
            priority=look.android_priority,
            visibility="public",  # a warning is read without unlocking the phone
            default_sound=look.sounds,
        ),
    )


def apple(message: PhoneMessage, *, critical_entitlement: bool) -> messaging.APNSConfig:
    """`critical` pierces silent mode only with Apple's entitlement; without it APNs would refuse the message."""
    look = presentation_of(message)
    critical = look.pierces_silence and critical_entitlement
    plain = "default" if look.sounds else None
    sound = messaging.CriticalSound("default", critical=True, volume=1.0) if critical else plain
    level = look.ios_level if critical_entitlement else look.ios_level_without_entitlement
    return messaging.APNSConfig(
        headers={
            "apns-push-type": "alert",
            "apns-priority": "10",
            "apns-collapse-id": message.tag,
            "apns-expiration": str(int(message.expires_at.timestamp())),
        },
        payload=messaging.APNSPayload(messaging.Aps(sound=sound, custom_data={"interruption-level": level})),
    )


def web(message: PhoneMessage, now: datetime) -> messaging.WebpushConfig:
    """A browser: `Urgency` decides whether a sleeping device is woken, `Topic` what waits no longer (RFC 8030 §5)."""
    look = presentation_of(message)
    return messaging.WebpushConfig(
        headers={
            "TTL": str(_seconds_left(message, now)),
            "Urgency": "high" if message.urgency in {Urgency.CRITICAL, Urgency.HIGH} else "normal",
            "Topic": urlsafe_b64encode(sha256(message.tag.encode()).digest()).decode()[:LONGEST_TOPIC],
        },
        notification=messaging.WebpushNotification(
            tag=message.tag,
            renotify=look.sounds,  # a revision that replaces one is heard too
            silent=not look.sounds,
            require_interaction=message.urgency is Urgency.CRITICAL,  # it stays until somebody has seen it
            language=message.language,
        ),
    )


def _seconds_left(message: PhoneMessage, now: datetime) -> int:
    """Whole seconds; 0 is now or never."""
    return max(int((message.expires_at - now).total_seconds()), 0)
