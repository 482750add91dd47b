"""Who may come in to the office. Accounts live in the live world's database alone; in a drill's these stay empty."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from alerts.people.request import Act, RequestState
from alerts.people.session import Method
from alerts.store.columns import Texts, UtcDateTime, Word
from alerts.store.tables.base import metadata

_HASH = String(64)  # sha256, hexadecimal


def _officer() -> Column[str]:
    return Column("officer_id", String(20), ForeignKey("officers.id"), nullable=False)


officers = Table(  # a row is never deleted: the audit goes on naming it
    "officers",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("login", String(40), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("roles", Texts, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    Column("signed_in_at", UtcDateTime),
    Column("reachable_until", UtcDateTime),
    Column("password_hash", String(200)),  # argon2id
    Column("totp_cipher", LargeBinary),  # encrypted at rest (R20)
    Column("totp_step", Integer),  # the last half minute that was used: a code counts once
    Column("code_hash", _HASH),  # given by an administrator, or on the machine
    Column("code_until", UtcDateTime),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", String(1400), primary_key=True),  # of the credential, base64url: at most 1023 bytes
    _officer(),
    Column("label", String(40), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "officer_id"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_hash", _HASH, primary_key=True),
    _officer(),
    Index(None, "officer_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", _HASH, primary_key=True),
    _officer(),
    Column("method", Word(Method, 10), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "officer_id"),
    Index(None, "seen_at"),
)

known_browsers = Table(  # from which an officer has logged in: counted apart when guesses are slowed down
    "known_browsers",
    metadata,
    Column("token_hash", _HASH, primary_key=True),
    _officer(),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "officer_id"),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("counted_by", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

challenges = Table(  # what a passkey is to sign, once
    "challenges",
    metadata,
    Column("challenge_hash", _HASH, primary_key=True),
    Column("officer_id", String(20)),  # who makes a passkey; null: somebody comes in
    Column("until", UtcDateTime, nullable=False),
    Index(None, "until"),
)

people_requests = Table(  # four eyes; a row is never deleted
    "people_requests",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("act", Word(Act, 10), nullable=False),
    Column("officer_id", String(20)),
    Column("login", String(40), nullable=False),
    Column("name", String(40), nullable=False),
    Column("roles", Texts, nullable=False),
    Column("asked_by", String(20), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", Word(RequestState, 10), nullable=False),
    Column("decided_by", String(20)),
    Column("decided_at", UtcDateTime),
    Index(None, "asked_at"),
)
