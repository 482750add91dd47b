"""The Firebase Admin SDK verifies real RS256 tokens with the keys of a server on the loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import firebase_admin
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from firebase_admin import app_check
from jwt.algorithms import RSAAlgorithm

from api.app import create_app
from api.guard.app_check import CannotCheck, Verdict
from api.guard.firebase_app_check import FirebaseAppCheck
from api.guard.gate import Gate
from workers.fcm.credentials import invented_service_account

PROJECT, NUMBER = "bosai-test", "1234567890"
FAR = 4_000_000_000  # seconds since 1970
CLAIMS = {
    "iss": f"https://firebaseappcheck.googleapis.com/{NUMBER}",
    "aud": [f"projects/{NUMBER}", f"projects/{PROJECT}"],
    "sub": "1:1234567890:android:abcdef",
    "iat": 1_700_000_000,
    "exp": FAR,
}
GOOGLE, STRANGER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PHONE = {"address": {"kind": "token", "value": "token-of-a-phone"}, "platform": "ios", "districts": []}


class Keys(BaseHTTPRequestHandler):
    """Publishes one key, as Google does."""

    answer = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def keys() -> dict[str, Any]:
    public = RSAAlgorithm.to_jwk(GOOGLE.public_key(), as_dict=True)
    return {"keys": [public | {"kid": "google", "use": "sig", "alg": "RS256"}]}


@pytest.fixture
def google() -> Iterator[ThreadingHTTPServer]:
    Keys.answer = json.dumps(keys()).encode()
    with ThreadingHTTPServer(("127.0.0.1", 0), Keys) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def firebase(google, monkeypatch) -> Iterator[FirebaseAppCheck]:
    url = f"http://127.0.0.1:{google.server_address[1]}/v1/jwks"
    monkeypatch.setattr(app_check._AppCheckService, "_JWKS_URL", url)
    app = firebase_admin.initialize_app(invented_service_account("http://127.0.0.1:9/token", PROJECT), name="test")
    yield FirebaseAppCheck(app)
    firebase_admin.delete_app(app)


def token(key: Any = GOOGLE, *, algorithm: str = "RS256", kid: str = "google", **claims: Any) -> str:
    stated = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    return jwt.encode(stated, key, algorithm=algorithm, headers={"kid": kid})


def test_a_token_of_the_citys_app_is_genuine(firebase):
    assert firebase.verdict(token()) is Verdict.GENUINE


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "",
        "nonsense",
        "a.b.c",
        "x" * 10_000,
        token(STRANGER),
        token(STRANGER, kid="stranger"),
        token("a shared secret of many characters", algorithm="HS256"),
        token(exp=1_700_000_001),
        token(aud=["projects/another"]),
        token(aud=f"projects/{PROJECT}"),
        token(iss="https://example.com/"),
        token(iss=None),
        token(sub=None),
        token()[:-8] + "AAAAAAAA",
    ],
)
def test_anything_else_is_refused(firebase, forged):
    assert firebase.verdict(forged) is Verdict.REFUSED


@pytest.mark.parametrize("answer", [b"<html>sign in</html>", b"{}", b""])
def test_keys_that_are_none_refuse_nobody(firebase, answer):
    Keys.answer = answer
    assert firebase.verdict(token()) is Verdict.UNKNOWN
    assert firebase.verdict(None) is Verdict.UNKNOWN, "the app may get no token either"


def test_a_google_that_cannot_be_reached_refuses_nobody(firebase, monkeypatch):
    monkeypatch.setattr(app_check._AppCheckService, "_JWKS_URL", "http://127.0.0.1:9/v1/jwks")
    assert firebase.verdict(token()) is Verdict.UNKNOWN


def test_a_registration_needs_a_token_and_reads_do_not(live, drill, serve, firebase):
    app = create_app({"live": live.services, "drill": drill.services}, gate=Gate(app_check=firebase))
    client = serve(app)
    refused = client.post("/v1/devices", json=PHONE)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:bosai:problem:not-our-app")
    registered = client.post("/v1/devices", json=PHONE, headers={"X-Firebase-AppCheck": token()})
    assert registered.status_code == 201
    own = {"Authorization": f"Bearer {registered.json()['secret']}"}
    for path in ("/v1/situation", "/v1/shelters", "/v1/devices/me"):
        assert client.get(path, headers=own).status_code == 200
    assert client.post("/v1/drill/devices", json=PHONE).status_code == 201, "no resident is reached from there"


def test_a_key_that_cannot_be_used_refuses_nobody(live, drill, serve):
    client = serve(create_app({"live": live.services, "drill": drill.services}, gate=Gate(app_check=CannotCheck())))
    assert client.post("/v1/devices", json=PHONE).status_code == 201
