"""Passkeys by the WebAuthn library: a device that asks for a finger or a PIN stands for password and code together."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from json import JSONDecodeError, loads
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from alerts.people.officer import MOST_CHARACTERS
from alerts.people.session import Method
from alerts.service import audit
from alerts.service.people.account import require_fresh
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import SignedIn, Visitor, open_session
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.passkeys import Passkey
from alerts.store.unit_of_work import UnitOfWork

_ANSWERED_WITHIN = timedelta(minutes=5)
_UNUSABLE = (WebAuthnException, JSONDecodeError, UnicodeDecodeError, KeyError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are: keys are bound to the host, answers to the origin."""

    host: str
    origin: str


def registration_options(services: Services, visitor: Visitor, site: Site) -> str:
    """What the browser needs to make a key, as JSON. Raises `RefusedError` (`NOT_FRESH`)."""
    require_fresh(services, visitor)
    with services.database.read() as uow:
        had = uow.passkeys.of(visitor.officer.id)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=services.pack.codes.name,
        user_name=visitor.officer.login,
        user_id=visitor.officer.id.encode(),
        user_display_name=visitor.officer.name,
        challenge=_challenge(services, visitor.officer.id),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(each.id)) for each in had],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json(options)


def register(services: Services, visitor: Visitor, site: Site, label: str, answer: str) -> Passkey:
    """Keeps the key that the browser made. Raises `RefusedError` (`NOT_FRESH`, `PASSKEY_FAILED`)."""
    require_fresh(services, visitor)
    try:
        credential = loads(answer)
        challenge = _signed_challenge(credential)
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _UNUSABLE:
        raise RefusedError(Reason.PASSKEY_FAILED) from None
    now, name = services.clock.now(), label.strip()[:MOST_CHARACTERS] or "passkey"
    id_ = bytes_to_base64url(made.credential_id)
    key = Passkey(id_, visitor.officer.id, name, made.credential_public_key, made.sign_count, now)

    def work(uow: UnitOfWork) -> Passkey:
        if not uow.passkeys.answered(_hash(challenge), visitor.officer.id, now) or not uow.passkeys.add(key):
            raise RefusedError(Reason.PASSKEY_FAILED)
        audit.record(uow, visitor.actor, "passkey.add", None, {"label": key.label}, now)
        return key

    return run(services.database, work)


def sign_in_options(services: Services, site: Site) -> str:
    """What the browser needs to come in with any key of this site, as JSON; the same for everybody."""
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=_challenge(services, None),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def sign_in(services: Services, site: Site, answer: str, browser: str | None) -> SignedIn:
    """Opens a session. Raises `RefusedError` (`PASSKEY_FAILED`)."""
    return run(services.database, lambda uow: _signed_in(services, uow, site, answer, browser))


def _signed_in(services: Services, uow: UnitOfWork, site: Site, answer: str, browser: str | None) -> SignedIn:
    now = services.clock.now()
    try:
        credential = loads(answer)
        challenge, key = _signed_challenge(credential), uow.passkeys.get(str(credential["id"]))
        if key is None:
            raise RefusedError(Reason.PASSKEY_FAILED)
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except _UNUSABLE:
        raise RefusedError(Reason.PASSKEY_FAILED) from None
    officer, is_asked = uow.officers.get(key.officer_id), uow.passkeys.answered(_hash(challenge), None, now)
    is_unused = uow.passkeys.used(key, verified.new_sign_count, now)
    if officer is None or not (officer.is_active and is_asked and is_unused):
        raise RefusedError(Reason.PASSKEY_FAILED)
    return open_session(services, uow, officer, Method.PASSKEY, browser)


def _challenge(services: Services, officer_id: str | None) -> bytes:
    """A new one, kept until it is answered."""
    made, now = secrets.token_bytes(32), services.clock.now()

    def work(uow: UnitOfWork) -> None:
        uow.passkeys.forget(now)
        uow.passkeys.ask(_hash(made), officer_id, now + _ANSWERED_WITHIN)

    run(services.database, work)
    return made


def _signed_challenge(credential: dict[str, Any]) -> bytes:
    """The challenge that the browser says it signed; whether it is one of ours is looked up by its hash."""
    return parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"])).challenge


def _hash(challenge: bytes) -> str:
    return sha256(challenge).hexdigest()
