"""OAuth tokens for FCM from the Firebase Admin SDK's credentials, refreshed beside the send path (push.md §7.4)."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from firebase_admin import credentials
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import Request

REFRESH_BEFORE_EXPIRY = timedelta(minutes=5)
TRY_AGAIN_AFTER = 5.0  # seconds after a refresh that failed
_TIMEOUT = 15.0  # seconds for one token request

_log = logging.getLogger(__name__)


class AccessToken:
    """The token that every request carries. Asking for it never waits: a thread fetches the next one in time."""

    def __init__(self, load: Callable[[], credentials.Base], *, ca: Path | None = None) -> None:
        """`load` is called in the thread; `ca` is the only authority trusted for the token server, None: Google's."""
        self._load = load
        self._ca = ca
        self._credential: credentials.Base | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bearer: str | None = None
        self._expires_at = datetime.min.replace(tzinfo=UTC)
        self._refusal: str | None = None
        self._not_before = 0.0

    def current(self) -> str | None:
        """A valid token, or None while there is none; `refusal` then says whether waiting helps."""
        with self._lock:
            left = self._expires_at - datetime.now(UTC)
            if self._bearer is None or left < REFRESH_BEFORE_EXPIRY:
                self._refresh_beside()
            return self._bearer if left > timedelta(0) else None

    @property
    def refusal(self) -> str | None:
        """Why there will be no token until somebody repairs the key; None while waiting may help."""
        return self._refusal

    def reject(self, bearer: str) -> None:
        """FCM answered 401 to this token: the next `current` fetches another."""
        with self._lock:
            if bearer == self._bearer:
                self._bearer, self._expires_at = None, datetime.min.replace(tzinfo=UTC)

    def _refresh_beside(self) -> None:
        if (self._thread is not None and self._thread.is_alive()) or time.monotonic() < self._not_before:
            return
        self._thread = threading.Thread(target=self._refresh, name="fcm-token", daemon=True)
        self._thread.start()

    def _refresh(self) -> None:
        try:
            bearer, expires_at = self._fetch()
        except (GoogleAuthError, ValueError, OSError) as error:
            self._note_failure(error)
            return
        with self._lock:
            self._bearer, self._expires_at, self._refusal = bearer, expires_at, None

    def _note_failure(self, error: Exception) -> None:
        """Tells an unreachable or troubled token server, which may come back, from one that refuses the key."""
        passing = isinstance(error, OSError | TransportError) or getattr(error, "retryable", False)
        _log.error("no OAuth token for FCM (%s): %s", "trying again" if passing else "the key is refused", error)
        with self._lock:
            self._refusal = None if passing else f"no OAuth token for FCM: {error}"[:200]
            self._not_before = time.monotonic() + TRY_AGAIN_AFTER

    def _fetch(self) -> tuple[str, datetime]:
        if self._credential is None:
            self._credential = self._load()
        with requests.Session() as session:
            if self._ca is not None:
                session.verify, session.trust_env = str(self._ca), False  # no proxy between a drill and this machine
            google = self._credential.get_credential()
            google.refresh(partial(Request(session), timeout=_TIMEOUT))
        return google.token, google.expiry.replace(tzinfo=UTC)


def service_account(key: Path) -> credentials.Certificate:
    """The key file of a Firebase project's service account; raises ValueError that names the file."""
    try:
        return credentials.Certificate(str(key))
    except (OSError, ValueError) as error:
        raise ValueError(f"{key} is not the key file of a service account: {error}") from error


def invented_service_account(token_uri: str, project: str) -> credentials.Certificate:
    """A service account that nobody but a fake server honours; its tokens are fetched the way real ones are."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return credentials.Certificate(
        {
            "type": "service_account",
            "project_id": project,
            "private_key_id": "drill",
            "private_key": private.decode(),
            "client_email": f"drill@{project}.invalid",
            "client_id": "0",
            "token_uri": token_uri,
        }
    )
