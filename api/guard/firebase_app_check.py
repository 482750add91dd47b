"""App Check by the Firebase Admin SDK: signature, project and time of a token, with Google's published keys."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from json import JSONDecodeError

import firebase_admin
from firebase_admin import app_check
from jwt.exceptions import PyJWKClientConnectionError, PyJWKClientError, PyJWKSetError

from api.guard.app_check import Verdict

ANSWER_SECONDS = 2.0  # the keys are fetched once in six hours; the other answers take a millisecond
ALONE_SECONDS = 30.0  # after a failure Google is left alone for so long
LONGEST_TOKEN = 8192  # characters; Google's have about 900

_log = logging.getLogger(__name__)
_UNREACHABLE = (PyJWKClientConnectionError, PyJWKSetError, JSONDecodeError, OSError)  # a time-out is the last


class FirebaseAppCheck:
    """Implements `AppCheck` for one Firebase project.

    The SDK waits up to half a minute for the keys, so it is asked in threads of its own: a Google that hangs must not
    use up the threads that residents' requests need.
    """

    def __init__(self, app: firebase_admin.App) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="app-check")
        self._alone_until = 0.0

    def verdict(self, token: str | None) -> Verdict:
        """See `AppCheck`."""
        if time.monotonic() < self._alone_until:
            return Verdict.UNKNOWN  # even without a token: the app may get none while Google is away
        if not token or len(token) > LONGEST_TOKEN:
            return Verdict.REFUSED
        try:
            self._threads.submit(app_check.verify_token, token, self._app).result(ANSWER_SECONDS)
        except _UNREACHABLE as error:
            self._alone_until = time.monotonic() + ALONE_SECONDS
            _log.warning("Firebase App Check cannot be asked, registrations are only counted: %r", error)
            return Verdict.UNKNOWN
        except (ValueError, PyJWKClientError, AttributeError) as error:  # the last: a claim of another shape
            _log.info("an App Check token was refused: %s", error)
            return Verdict.REFUSED
        return Verdict.GENUINE
