"""The secret key is changed while phones come and go, and nobody is lost (R20)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.ports import Address, Platform
from alerts.service.register import SEEN_TO_THE, authenticate, change, register
from alerts.service.registration import Choice, Registration
from alerts.service.reseal import STEP, Resealed, reseal
from alerts.store.cipher import AddressCipher

OLD, NEW = b"o" * 32, b"n" * 32


def phone(services, value):
    wanted = Registration(Address("token", value), Platform.IOS, "ja", (), normal_pushes=False)
    return register(services, wanted)


def addresses(services, cipher):
    with services.database.read() as uow:
        rows = uow.devices.in_range(1, 10_000)
    return [cipher.decrypt(row.address_kind, row.address_cipher).value for row in rows]


@pytest.fixture
def before(live):
    """With the old key."""
    return replace(live, cipher=AddressCipher(OLD))


@pytest.fixture
def between(live):
    """With the new key, and the old one to read."""
    return replace(live, cipher=AddressCipher(NEW, OLD))


def test_after_it_the_old_key_is_needed_no_more(before, between):
    names = [f"phone-{number}" for number in range(STEP + 5)]
    for name in names:
        phone(before, name)
    phone(between, "phone-new")
    assert reseal(between) == Resealed(renewed=len(names))
    assert addresses(between, AddressCipher(NEW)) == [*names, "phone-new"]
    assert reseal(between) == Resealed()


def test_r15_a_phone_that_registers_again_meanwhile_is_one_phone(before, between):
    phone(before, "phone-1")
    phone(between, "phone-1")
    assert addresses(between, AddressCipher(NEW)) == ["phone-1"]
    assert reseal(between) == Resealed()


def test_r15_a_phone_that_takes_over_an_address_sealed_with_the_old_key_takes_its_registration_away(before, between):
    phone(before, "phone-1")
    other = phone(between, "phone-2").device
    change(between, other, Choice(address=Address("token", "phone-1")))
    assert addresses(between, AddressCipher(NEW)) == ["phone-1"]


def test_what_neither_key_reads_is_counted_and_left(before, between):
    phone(before, "phone-1")
    phone(replace(before, cipher=AddressCipher(b"x" * 32)), "phone-2")
    assert reseal(between) == Resealed(renewed=1, unreadable=1)


def test_it_counts_as_no_change_of_the_phone(before, between, clock):
    known = phone(before, "phone-1")
    clock.forward(hours=1)
    reseal(between)
    assert authenticate(between, known.secret) == known.device


def test_a_phone_is_seen_once_a_day_whatever_it_asks(live, clock):
    known = phone(live, "phone-1")
    clock.forward(hours=23)
    authenticate(live, known.secret)
    assert authenticate(live, known.secret).seen_at == known.device.seen_at
    clock.forward(hours=1)
    authenticate(live, known.secret)
    assert authenticate(live, known.secret).seen_at == known.device.seen_at + SEEN_TO_THE
    with live.database.read() as uow:
        assert uow.devices.counts(clock.now()) == (1, 0, 0)
        assert uow.devices.counts(clock.now() + timedelta(seconds=1)) == (1, 0, 1)
