"""The bounds of registrations and changes, by the settings."""

import logging
from urllib.parse import quote

import firebase_admin
import redis

from api.guard.app_check import AppCheck, CannotCheck, NoAppCheck
from api.guard.firebase_app_check import FirebaseAppCheck
from api.guard.gate import Gate
from api.guard.local_limiter import LocalLimiter
from api.guard.shared_limiter import ANSWER_SECONDS, SharedLimiter
from bosai import embedded
from bosai.settings import Settings
from workers.fcm.credentials import service_account

_APP = "app-check"  # the SDK keeps its apps by name
_log = logging.getLogger(__name__)


def gate(settings: Settings) -> Gate:
    """The gate of this process; the counts are those of all processes with the same broker."""
    url = settings.redis_url or f"unix://{quote(str(embedded.socket_path(settings.data.absolute())))}"
    server = redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS)
    return Gate(SharedLimiter(server, LocalLimiter()), _app_check(settings))


def _app_check(settings: Settings) -> AppCheck:
    """A key that cannot be used must not keep residents from registering: they are counted instead."""
    if not settings.app_check or settings.firebase_key is None:
        return NoAppCheck()
    try:
        credential = service_account(settings.firebase_key)
    except ValueError as error:
        _log.error("App Check cannot be verified, registrations are only counted: %s", error)
        return CannotCheck()
    return FirebaseAppCheck(firebase_admin.initialize_app(credential, name=_APP))
