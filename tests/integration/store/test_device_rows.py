"""Devices hold no more than they must, and what is deleted is gone (R20)."""

import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.exc import IntegrityError, NoResultFound

from alerts.ports import Platform
from alerts.store.device import DeviceChange, SealedAddress

HOME = frozenset({"27218-ryuma", "27218-nozaki-1"})


def all_text_of(database) -> str:
    """Every value of every table, as a thief of the database sees it."""
    engine = create_engine(database._engine.url)
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        rows = [list(connection.execute(select(table))) for table in metadata.sorted_tables]
    engine.dispose()
    return str(rows)


def test_a_device_is_found_by_its_secret_and_by_its_address(town):
    device = town.device(HOME, secret_hash="s", address=SealedAddress("fid", b"c", "f"), language="en")
    with town.database.read() as uow:
        assert uow.devices.by_secret("s") == device
        assert uow.devices.by_address(["f", "g"]) == [device]
        assert uow.devices.by_secret("f") is None
    assert (device.districts, device.language, device.address_kind, device.reachable) == (HOME, "en", "fid", True)


@pytest.mark.parametrize("same", ["id", "secret_hash", "address"])
def test_no_two_devices_share_an_id_a_secret_or_an_address(town, same):
    known = town.new_device()
    with town.database.write() as uow:
        uow.devices.add(known, town.now)
    with pytest.raises(IntegrityError), town.database.write() as uow:
        uow.devices.add(town.new_device(**{same: getattr(known, same)}), town.now)


def test_what_is_not_said_in_a_change_stays_as_it_was(town):
    device = town.device(HOME)
    with town.database.write() as uow:
        changed = uow.devices.update(device.number, DeviceChange(language="en"), town.now)
    assert (changed.language, changed.districts, changed.platform) == ("en", HOME, Platform.IOS)


def test_a_device_can_move_and_can_choose_the_whole_city(town):
    device = town.device(HOME)
    with town.database.write() as uow:
        moved = uow.devices.update(device.number, DeviceChange(districts=frozenset({"27218-akai-1"})), town.now)
        everywhere = uow.devices.update(device.number, DeviceChange(districts=frozenset()), town.now)
    assert (moved.districts, everywhere.districts) == ({"27218-akai-1"}, frozenset())


def test_a_change_of_a_device_that_is_gone_is_refused(town):
    device = town.device(HOME)
    with town.database.write() as uow:
        assert uow.devices.delete(device.number)
    change = DeviceChange(districts=HOME, language="en")
    with pytest.raises((NoResultFound, IntegrityError)), town.database.write() as uow:
        uow.devices.update(device.number, change, town.now)


def test_a_new_address_makes_a_device_reachable_again(town):
    device = town.device()
    with town.database.write() as uow:
        uow.devices.mark_unreachable([device.number], town.now)
        assert uow.devices.in_range(1, 100) == []
        changed = uow.devices.update(device.number, DeviceChange(address=SealedAddress("token", b"n", "n")), town.now)
        (row,) = uow.devices.in_range(1, 100)
    assert changed.reachable
    assert row.address_cipher == b"n"


def test_only_the_devices_named_become_unreachable(town):
    first, second = town.device(), town.device()
    with town.database.write() as uow:
        uow.devices.mark_unreachable([first.number], town.now)
        uow.devices.mark_unreachable([], town.now)
        assert [row.number for row in uow.devices.in_range(1, 100)] == [second.number]


def test_a_range_gives_every_device_with_its_own_districts(town):
    devices = [town.device(districts) for districts in (HOME, frozenset(), frozenset({"27218-akai-1"}))]
    with town.database.read() as uow:
        rows = uow.devices.in_range(devices[1].number, devices[2].number)
        own = [(row.number, row.traits.places.own) for row in rows]
        assert own == [(device.number, (device.districts,)) for device in devices[1:]]
        assert uow.devices.number_range() == (devices[0].number, devices[2].number)
        assert uow.devices.count() == 3


def test_without_devices_there_is_no_range(town):
    with town.database.read() as uow:
        assert uow.devices.number_range() is None
        assert uow.devices.count() == 0


def test_r20_of_a_deleted_device_nothing_is_left_but_a_number_in_old_deliveries(town, begun):
    secret, address = "hash-of-secret", SealedAddress("token", b"cipher-of-address", "fingerprint-of-address")
    device = town.device(HOME, id="public-id", secret_hash=secret, address=address)
    town.start(begun(), device.number)
    with town.database.write() as uow:
        assert uow.devices.delete(device.number)
        assert not uow.devices.delete(device.number)
    left = all_text_of(town.database)
    for personal in (secret, "cipher-of-address", "fingerprint-of-address", "public-id", "device-1"):
        assert personal not in left
    with town.database.read() as uow:
        assert [delivery.device for delivery in uow.deliveries.of_device(device.number)] == [device.number]


def test_the_number_of_a_deleted_device_is_never_given_again(town):
    last = town.device()
    with town.database.write() as uow:
        uow.devices.delete(last.number)
    assert town.device().number > last.number


@pytest.mark.parametrize("districts", [frozenset(), frozenset({"hojo-3", "nozaki-1"})])
def test_what_registering_says_of_a_device_is_what_is_stored(town, districts):
    added = town.device(districts)
    with town.database.read() as uow:
        assert uow.devices.by_id(added.id) == added
