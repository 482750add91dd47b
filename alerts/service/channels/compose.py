"""A letter for one subscriber: the same words that phones get, in its languages."""

from alerts.alert import Revision, Urgency
from alerts.channel.letter import Letter, Place, Said
from alerts.channel.secret import Secrets
from alerts.channel.subscriber import Subscriber, Target
from alerts.channel.text import said_in_a_test
from alerts.service.services import Services
from alerts.store.cipher import SUBSCRIBER
from alerts.store.unit_of_work import UnitOfWork


def letter_id(alert_id: str, revision: int) -> str:
    """Names what is said; the same at every try, for everybody, and in a replay."""
    return f"{alert_id}_{revision}"


def compose(services: Services, uow: UnitOfWork, subscriber: Subscriber, revision: Revision, tier: int) -> Letter:
    """The revision in the subscriber's languages, each text once. Raises `AddressUnreadableError`."""
    drill, city = services.is_drill, services.pack.codes
    shown = [services.wording.render(revision, tier, tag, drill=drill, city=city) for tag in subscriber.languages]
    return Letter(
        id=letter_id(revision.alert_id, revision.number),
        subscriber=subscriber,
        target=target_of(services, uow, subscriber),
        said=tuple(dict.fromkeys(Said(one.language, one.title, one.body) for one in shown)),
        urgency=revision.urgency_in(tier),
        place=_place(services, revision),
        at=services.clock.now(),
        revision=revision,
    )


def compose_test(services: Services, uow: UnitOfWork, subscriber: Subscriber, mark: str) -> Letter:
    """A letter that says it is a test; `mark` tells one test from another. Raises `AddressUnreadableError`."""
    city = services.pack.codes.name
    return Letter(
        id=f"test_{mark}",
        subscriber=subscriber,
        target=target_of(services, uow, subscriber),
        said=(said_in_a_test(city, drill=services.is_drill),),
        urgency=Urgency.NONE,
        place=Place(city, None),
        at=services.clock.now(),
    )


def target_of(services: Services, uow: UnitOfWork, subscriber: Subscriber) -> Target:
    """Where the subscriber is reached. Raises `AddressUnreadableError`."""
    sealed, opened = uow.subscribers.target(subscriber.id), services.cipher.opened
    address = opened(sealed.address_cipher, SUBSCRIBER)
    if sealed.secret_cipher is None:
        return Target(address)
    return Target(address, Secrets.read(opened(sealed.secret_cipher, SUBSCRIBER)).holding(services.clock.now()))


def _place(services: Services, revision: Revision) -> Place:
    city, named = services.pack.codes.name, [tier.districts for tier in revision.tiers]
    if None in named:
        return Place(city, None)
    told = frozenset().union(*(districts for districts in named if districts is not None))
    return Place(city, tuple((one.id, one.name) for one in services.pack.districts if one.id in told))
