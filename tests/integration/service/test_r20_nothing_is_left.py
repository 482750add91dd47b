"""A phone that leaves takes everything with it: no table holds more of it than a bare number, never used again."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from alerts.ports import Address, Platform, PushResult
from alerts.receipt import Event, Receipt
from alerts.service import share
from alerts.service.once import Ask, register_once
from alerts.service.register import delete, register
from alerts.service.registration import Registration
from alerts.store.tables import deliveries, devices, metadata, registration_keys, share_codes

MAY_KEEP_THE_NUMBER = {("deliveries", "device"), ("receipts", "device")}
REFERRING = {"device", "followed", "follower"}  # columns that hold the number of a phone


def rows(services):
    """Every row of every table, as (table, row)."""
    with services.database.read() as uow:
        connection = uow.connection
        return [
            (table.name, dict(row._mapping))
            for table in metadata.sorted_tables
            for row in connection.execute(select(*(column for column in table.c)))
        ]


def text_of(found):
    return "\n".join(
        f"{name}.{column}={value.hex() if isinstance(value, bytes) else value}"
        for name, row in found
        for column, value in row.items()
    )


def places_of(number, found):
    return {(name, column) for name, row in found for column in REFERRING & row.keys() if row[column] == number}


@pytest.fixture
def everybody(live):
    """Phones 1 to 7, so that the number of the one that leaves is no number of anything else."""
    said = Registration(Address("token", "neighbour"), Platform.WEB, "ja", (), normal_pushes=False)
    return [register(live, replace(said, address=Address("token", f"neighbour-{n}"))).device for n in range(7)]


@pytest.fixture
def leaving(live, everybody, pack):
    """A phone that used everything there is."""
    said = Registration(
        Address("token", "the-leaving-phone"), Platform.IOS, "en", (pack.districts[3].id,), normal_pushes=True
    )
    said = replace(said, further_places=((pack.districts[5].id,),))
    device = register_once(live, said, Ask("the-key-of-the-leaving-phone", "all that it asked")).device
    share.follow(live, device, share.offer(live, everybody[0]).code)
    share.follow(live, everybody[1], share.offer(live, device).code)
    share.offer(live, device)
    with pytest.raises(share.UnknownCodeError):
        share.follow(live, device, "00000000")
    told(live, device)
    return device


def told(services, device):
    now = services.clock.now()
    row = {"alert_id": "a1", "revision": 1, "device": device.number, "channel": "fcm", "chunk_id": 1, "attempts": 1}
    with services.database.write() as uow:
        uow.connection.execute(insert(deliveries).values(**row, result=PushResult.ACCEPTED, at=now))
        uow.receipts.add(device.number, [Receipt("a1", 1, Event.OPENED, now)])


def traces(services, device):
    """What identifies a phone in the database, as it stands there."""
    with services.database.read() as uow:
        connection = uow.connection
        own = connection.execute(select(devices).where(devices.c.number == device.number)).one()
        key = connection.execute(select(registration_keys).where(registration_keys.c.device == device.number)).one()
        code = connection.execute(select(share_codes).where(share_codes.c.followed == device.number)).one()
    sealed = own.address_cipher.hex(), own.address_fingerprint
    return {device.id, own.secret_hash, *sealed, key.key_hash, key.asked_hash, key.salt, code.code_hash}


def test_r20_a_deleted_phone_leaves_nothing_but_its_bare_number(live, leaving):
    identifying, before = traces(live, leaving), rows(live)
    assert all(trace in text_of(before) for trace in identifying)
    assert {"device_districts", "follows", "share_codes", "share_failures", "registration_keys"} <= {
        name for name, _ in places_of(leaving.number, before)
    }
    delete(live, leaving)
    after = rows(live)
    assert [trace for trace in identifying if trace in text_of(after)] == []
    assert places_of(leaving.number, after) == MAY_KEEP_THE_NUMBER


def test_r20_every_column_that_refers_to_a_phone_is_looked_at():
    referring = {
        column.name for table in metadata.sorted_tables for column in table.c if column.references(devices.c.number)
    }
    assert referring <= REFERRING


def test_the_number_of_a_deleted_phone_is_never_given_again(live, leaving):
    delete(live, leaving)
    said = Registration(Address("token", "newcomer"), Platform.WEB, "ja", (), normal_pushes=False)
    assert register(live, said).device.number > leaving.number
