"""Parts for tests of the FCM payload, the worlds it may be sent from, and its fake server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alerts.alert import Change, Urgency
from alerts.wording.message import PhoneMessage

ISSUED_AT = datetime(2026, 6, 30, 18, 5, tzinfo=UTC)


@pytest.fixture
def message_of() -> Callable[..., PhoneMessage]:
    """Builds a landslide warning of level 4, raised at 03:05 Japan time; any field can be another."""

    def build(**changes: object) -> PhoneMessage:
        fields: dict[str, object] = {
            "alert_id": "a-20260630-landslide-1",
            "revision": 3,
            "change": Change.RAISE,
            "hazard": "landslide",
            "code": "29",
            "level": 4,
            "urgency": Urgency.CRITICAL,
            "language": "ja",
            "title": "警戒レベル４相当　土砂災害警戒情報",
            "body": "山ぎわの方は、いますぐ危険な場所から離れてください。",
            "drill": False,
            "issued_at": ISSUED_AT,
            "expires_at": ISSUED_AT + timedelta(hours=6),
        }
        return PhoneMessage(**{**fields, **changes})

    return build


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key file of a service account that exists nowhere, written as Google writes them."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("key") / "service-account.json"
    path.write_bytes(
        orjson.dumps(
            {
                "type": "service_account",
                "project_id": "daito-bosai",
                "private_key_id": "1",
                "private_key": private.decode(),
                "client_email": "push@daito-bosai.invalid",
                "client_id": "1",
                "token_uri": "https://127.0.0.1:9/token",
            }
        )
    )
    return path
