"""The list kept by operators: who is put on it, taken off, enabled again, and tried out (R4, R21)."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.alert import Urgency
from alerts.channel.address import mailbox_problem, target_problem
from alerts.channel.letter import Answer
from alerts.channel.secret import Secrets
from alerts.channel.subscriber import Channel, Subscriber
from alerts.service.channels.compose import compose_test
from alerts.service.channels.standing import forget_alarms
from alerts.service.services import Services
from alerts.store.cipher import SUBSCRIBER, AddressUnreadableError
from alerts.store.subscribers import SealedTarget

SECRET_BYTES = 32
LONGEST_NAME = 120
SECRET_PREFIX = "whsec_"  # noqa: S105 - Standard Webhooks' mark of a secret, none itself
_PROBLEM = {Channel.EMAIL: mailbox_problem, Channel.WEBHOOK: target_problem}


class SubscriberError(ValueError):
    """What is asked of the list cannot be done; the message says why."""


class UnknownSubscriberError(LookupError):
    """Nobody on the list of this world has the id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to be put on the list."""

    channel: Channel
    name: str
    address: str
    languages: Sequence[str]
    minimum: Urgency
    districts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Added:
    """The subscriber, and a webhook's secret: shown this once, kept encrypted."""

    subscriber: Subscriber
    secret: str | None


def listed(services: Services) -> list[Subscriber]:
    """Everybody on the list of this world."""
    with services.database.read() as uow:
        return uow.subscribers.all()


def add(services: Services, wanted: Wanted) -> Added:
    """Puts somebody on the list of this world (R1). Raises `SubscriberError`."""
    languages = tuple(dict.fromkeys(_language(services, tag) for tag in wanted.languages))
    _check(services, wanted)
    subscriber = Subscriber(
        id=f"s{secrets.token_hex(8)}",
        world=services.world,
        channel=wanted.channel,
        name=wanted.name.strip(),
        languages=languages or (services.pack.policy.default_language,),
        minimum=wanted.minimum,
        districts=wanted.districts,
        created_at=services.clock.now(),
    )
    secret = _new_secret() if wanted.channel is Channel.WEBHOOK else None
    prints = services.cipher.fingerprints(wanted.channel, wanted.address)
    encrypt = services.cipher.encrypt
    sealed = SealedTarget(
        encrypt(wanted.address, SUBSCRIBER), prints[0], encrypt(secret, SUBSCRIBER) if secret else None
    )
    with services.database.write() as uow:
        if uow.subscribers.has_address(prints):
            raise SubscriberError("this address is on the list already; take the other entry off first")
        uow.subscribers.add(subscriber, sealed)
    return Added(subscriber, secret)


def remove(services: Services, subscriber_id: str) -> None:
    """Takes somebody off the list. Raises `UnknownSubscriberError`."""
    now = services.clock.now()
    with services.database.write() as uow:
        if not uow.subscribers.remove(subscriber_id):
            raise unknown(services, subscriber_id)
        uow.dispatches.end_for(subscriber_id, now)
        uow.replays.end_for(subscriber_id, now)
        forget_alarms(uow, subscriber_id, now)


def enable(services: Services, subscriber_id: str) -> None:
    """Has a disabled one told again, from the next alert on. Raises `UnknownSubscriberError`."""
    with services.database.write() as uow:
        if not uow.subscribers.enable(subscriber_id):
            raise unknown(services, subscriber_id)
        forget_alarms(uow, subscriber_id, services.clock.now())


def renew_secret(services: Services, subscriber_id: str, *, both_hold: bool = True) -> str:
    """Gives a webhook a new secret; for a day the one in use until now signs too, unless others know it by now.

    Raises as `find`, and `SubscriberError`.
    """
    secret, cipher = _new_secret(), services.cipher
    with services.database.write() as uow:
        if uow.subscribers.get(subscriber_id) is None:
            raise unknown(services, subscriber_id)
        sealed = uow.subscribers.target(subscriber_id)
        if sealed.secret_cipher is None:
            raise SubscriberError("only a webhook has a secret")
        try:
            known = Secrets.read(cipher.opened(sealed.secret_cipher, SUBSCRIBER))
        except AddressUnreadableError:
            raise SubscriberError("its entry cannot be read with this key; take it off the list and add it") from None
        renewed = known.renewed(secret, services.clock.now(), both_hold=both_hold)
        anew = cipher.encrypt(renewed.text, SUBSCRIBER)
        uow.subscribers.reseal(subscriber_id, replace(sealed, secret_cipher=anew))
    return secret


def try_out(services: Services, subscriber_id: str) -> Answer:
    """Sends one subscriber a text that says it is a test (R4). Raises as `find`, and `SubscriberError`."""
    subscriber = find(services, subscriber_id)
    sender = services.channels.get(subscriber.channel)
    if sender is None:
        raise SubscriberError(f"there is no sender for {subscriber.channel}: see bosai check")
    with services.database.read() as uow:
        letter = compose_test(services, uow, subscriber, secrets.token_hex(8))
    return sender.send(letter)


def find(services: Services, subscriber_id: str) -> Subscriber:
    """One of the list. Raises `UnknownSubscriberError`."""
    with services.database.read() as uow:
        subscriber = uow.subscribers.get(subscriber_id)
    if subscriber is None:
        raise unknown(services, subscriber_id)
    return subscriber


def unknown(services: Services, subscriber_id: str) -> UnknownSubscriberError:
    """The error for an id that nobody has."""
    return UnknownSubscriberError(f"nobody on the list of the {services.world.name} world has the id {subscriber_id}")


def _check(services: Services, wanted: Wanted) -> None:
    if not wanted.name.strip() or len(wanted.name) > LONGEST_NAME or not wanted.name.isprintable():
        raise SubscriberError(f"the name must say who it is, in at most {LONGEST_NAME} characters on one line")
    if problem := _PROBLEM[wanted.channel](wanted.address):
        raise SubscriberError(f"the address {problem}")
    if wanted.minimum is Urgency.NONE:
        raise SubscriberError("the least urgency is critical, high or normal: what is less urgent is told to nobody")
    if unknown_ids := wanted.districts - {district.id for district in services.pack.districts}:
        raise SubscriberError(f"{min(unknown_ids)} is not a district of this city")


def _language(services: Services, tag: str) -> str:
    found = services.wording.find(tag)
    if found is None:
        raise SubscriberError(f"there is no language {tag}; there is: {', '.join(services.wording.languages)}")
    return found


def _new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
