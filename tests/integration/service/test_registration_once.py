"""A registration whose answer was lost is asked for again, and is made once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.ports import Address, Platform
from alerts.service.once import KEPT, Ask, forget_keys, register_once
from alerts.service.register import authenticate, delete, register, rotate
from alerts.service.registration import KeyReusedError, KeySpentError, Registration, UnknownSecretError
from alerts.store.cipher import AddressCipher
from alerts.store.registration_keys import RegistrationKeyRepository

ASK = Ask("8e03978e-40d5-43dd-bc93-6894a57f9324", "all that was asked for")
PHONE = Registration(Address("token", "a-phone"), Platform.IOS, "ja", (), normal_pushes=False)
OTHER = replace(PHONE, address=Address("token", "another-phone"))


def devices_in(services):
    with services.database.read() as uow:
        return uow.devices.count()


def test_the_same_key_and_words_give_the_same_device_and_secret(live):
    first, again = register_once(live, PHONE, ASK), register_once(live, PHONE, ASK)
    assert again == first
    assert authenticate(live, again.secret) == first.device
    assert devices_in(live) == 1


def test_the_same_key_with_other_words_is_refused(live):
    register_once(live, PHONE, ASK)
    with pytest.raises(KeyReusedError):
        register_once(live, OTHER, replace(ASK, asked="something else"))
    assert devices_in(live) == 1


def test_two_keys_are_two_registrations(live):
    first = register_once(live, PHONE, ASK)
    second = register_once(live, OTHER, replace(ASK, key="another-key-of-a-phone"))
    assert first.secret != second.secret
    assert devices_in(live) == 2


def test_requests_that_come_at_once_are_one_registration(live):
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: register_once(live, PHONE, ASK), range(8)))
    assert len({(one.device.id, one.secret) for one in told}) == 1
    assert devices_in(live) == 1


def test_a_crash_before_the_commit_leaves_neither_device_nor_key(live, monkeypatch):
    kept = RegistrationKeyRepository.add

    def killed(*args):
        kept(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(RegistrationKeyRepository, "add", killed)
    with pytest.raises(KeyboardInterrupt):
        register_once(live, PHONE, ASK)
    monkeypatch.undo()
    assert devices_in(live) == 0
    assert authenticate(live, register_once(live, PHONE, ASK).secret)


def test_a_key_whose_secret_was_replaced_gives_the_old_one_no_more(live):
    first = register_once(live, PHONE, ASK)
    newer = rotate(live, first.device)
    with pytest.raises(KeySpentError):
        register_once(live, PHONE, ASK)
    assert authenticate(live, newer.secret).id == first.device.id
    with pytest.raises(UnknownSecretError):
        authenticate(live, first.secret)


def test_a_late_repetition_does_not_take_a_newer_registration_back(live):
    register_once(live, PHONE, ASK)
    newer = register(live, PHONE)
    with pytest.raises(KeySpentError):
        register_once(live, PHONE, ASK)
    assert authenticate(live, newer.secret)


def test_a_key_is_forgotten_after_a_day(live, clock):
    first = register_once(live, PHONE, ASK)
    clock.time += KEPT - timedelta(seconds=1)
    forget_keys(live)
    assert register_once(live, PHONE, ASK) == first
    clock.time += timedelta(seconds=1)
    forget_keys(live)
    with live.database.read() as uow:
        assert not uow.registration_keys.expired(clock.now() + KEPT)
    assert register_once(live, PHONE, ASK).secret != first.secret


def test_a_key_of_a_day_ago_may_come_again_before_anybody_forgot_it(live, clock):
    first = register_once(live, PHONE, ASK)
    clock.time += KEPT
    assert register_once(live, OTHER, replace(ASK, asked="something else")).secret != first.secret


def test_the_answer_stays_while_our_own_key_is_changed(live):
    first = register_once(live, PHONE, ASK)
    changed = replace(live, cipher=AddressCipher(bytes(range(32)), bytes(32)))
    assert register_once(changed, PHONE, ASK) == first


def test_a_secret_that_was_rotated_twice_is_not_the_first_again(live):
    first = register(live, PHONE)
    second = rotate(live, first.device)
    third = rotate(live, second.device)
    assert len({first.secret, second.secret, third.secret}) == 3


def test_a_deleted_phone_has_no_secret_to_rotate(live):
    gone = register(live, PHONE).device
    delete(live, gone)
    with pytest.raises(UnknownSecretError):
        rotate(live, gone)
