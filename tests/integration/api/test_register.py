"""Registration as a use case, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from api_station import HandClock, Nudges

from alerts.ports import Address, Platform
from alerts.service import register
from alerts.service.registration import Choice, Registration, UnknownSecretError
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.world import LIVE
from workers.fcm.none import NoSender


@pytest.fixture
def services(database, pack, wording) -> Services:
    return Services(LIVE, database, pack, HandClock(), Nudges(), NoSender(), AddressCipher(bytes(32)), wording)


def phone(value: str = "one-and-the-same") -> Registration:
    return Registration(Address("token", value), Platform.ANDROID, "ja", (), False)


def count(services: Services) -> int:
    with services.database.read() as uow:
        return uow.devices.count()


def test_r15_one_phone_that_registers_many_times_at_once_is_one_device(services):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: register.register(services, phone()), range(8)))
    assert count(services) == 1
    assert len({one.secret for one in made}) == 8
    assert sum(_is_known(services, one.secret) for one in made) == 1


def test_many_phones_at_once_are_as_many_devices(services):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: register.register(services, phone(f"phone-{n}")), range(24)))
    assert count(services) == 24
    assert all(_is_known(services, one.secret) for one in made)


def test_the_address_comes_back_from_the_cipher_and_from_nowhere_else(services):
    register.register(services, phone("secret-token"))
    with services.database.read() as uow:
        (row,) = uow.devices.in_range(1, 100)
    assert b"secret-token" not in row.address_cipher
    assert services.cipher.decrypt("token", row.address_cipher) == Address("token", "secret-token")


def test_a_device_deleted_meanwhile_is_unknown_to_its_change(services):
    registered = register.register(services, phone())
    register.delete(services, registered.device)
    with pytest.raises(UnknownSecretError):
        register.change(services, registered.device, Choice(language="en"))


def test_deleting_twice_is_no_error(services):
    registered = register.register(services, phone())
    register.delete(services, registered.device)
    register.delete(services, registered.device)
    assert count(services) == 0


def _is_known(services: Services, secret: str) -> bool:
    try:
        register.authenticate(services, secret)
    except UnknownSecretError:
        return False
    return True
