"""OAuth tokens, fetched beside the send path."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from firebase_admin import credentials
from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError, TransportError

from workers.fcm import credentials as credentials_module
from workers.fcm.credentials import AccessToken


class ScriptedAccount(credentials.Base, Credentials):
    """A credential of the SDK whose refreshes end as scripted: a lifetime, or an error."""

    def __init__(self, *script: timedelta | Exception) -> None:
        Credentials.__init__(self)
        self._script = list(script)
        self.refreshes = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def get_credential(self) -> Credentials:
        return self

    def refresh(self, request: object) -> None:
        self.may_go_on.wait()
        step = self._script[min(self.refreshes, len(self._script) - 1)]
        self.refreshes += 1
        if isinstance(step, Exception):
            raise step
        self.token = f"bearer-{self.refreshes}"
        self.expiry = (datetime.now(UTC) + step).replace(tzinfo=None)


def test_asking_never_waits_for_the_token_server(until) -> None:
    account = ScriptedAccount(timedelta(hours=1))
    account.may_go_on.clear()
    token = AccessToken(lambda: account)
    assert token.current() is None
    account.may_go_on.set()
    until(token.current)
    assert token.current() == "bearer-1"


def test_a_token_is_renewed_five_minutes_before_it_ends_and_used_until_then(until) -> None:
    account = ScriptedAccount(timedelta(minutes=4), timedelta(hours=1))
    token = AccessToken(lambda: account)
    until(token.current)
    until(lambda: token.current() == "bearer-2")
    assert account.refreshes == 2


def test_a_fresh_token_is_not_fetched_again(until) -> None:
    account = ScriptedAccount(timedelta(hours=1))
    token = AccessToken(lambda: account)
    until(token.current)
    for _ in range(100):
        token.current()
    assert account.refreshes == 1


def test_a_rejected_token_is_replaced_once_however_often_it_is_rejected(until) -> None:
    account = ScriptedAccount(timedelta(hours=1))
    token = AccessToken(lambda: account)
    until(token.current)
    for _ in range(3):
        token.reject("bearer-1")
    until(token.current)
    token.reject("bearer-1")
    assert token.current() == "bearer-2"
    assert account.refreshes == 2


def test_a_refused_key_says_so(until) -> None:
    token = AccessToken(lambda: ScriptedAccount(RefreshError("invalid_grant: Invalid JWT Signature.")))
    token.current()
    until(lambda: token.refusal)
    assert token.current() is None
    assert token.refusal == "no OAuth token for FCM: invalid_grant: Invalid JWT Signature."


@pytest.mark.parametrize(
    "error", [TransportError("connection refused"), RefreshError("try later", retryable=True), OSError("no route")]
)
def test_an_unreachable_token_server_is_asked_again(monkeypatch: pytest.MonkeyPatch, error: Exception, until) -> None:
    monkeypatch.setattr(credentials_module, "TRY_AGAIN_AFTER", 0.0)
    account = ScriptedAccount(error, error, timedelta(hours=1))
    token = AccessToken(lambda: account)
    until(token.current)
    assert (token.current(), token.refusal) == ("bearer-3", None)
