"""A device's address is unreadable without the key, and still found again (R20)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.ports import Address
from alerts.store.cipher import AddressCipher, AddressUnreadableError

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
CIPHER = AddressCipher(KEY)
kinds = st.sampled_from(["token", "fid"])


@given(kinds, st.text())
def test_every_address_comes_back_as_it_was(kind, value):
    assert CIPHER.decrypt(kind, CIPHER.encrypt(value)) == Address(kind, value)


@given(st.text(min_size=4))
def test_the_address_is_not_in_what_is_stored(value):
    assert value.encode() not in CIPHER.encrypt(value)


def test_the_same_address_is_never_stored_as_the_same_bytes():
    assert CIPHER.encrypt("token-1") != CIPHER.encrypt("token-1")


def test_without_the_key_nothing_is_read():
    with pytest.raises(AddressUnreadableError, match="the key is not the one"):
        AddressCipher(OTHER_KEY).decrypt("token", CIPHER.encrypt("token-1"))


@given(st.data())
def test_any_damage_is_noticed(data):
    sealed = bytearray(CIPHER.encrypt("token-1"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(AddressUnreadableError):
        CIPHER.decrypt("token", bytes(sealed))


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x01" + bytes(11), b"\x01" + bytes(12), b"token-1"])
def test_bytes_that_were_never_an_address_are_refused(stored):
    with pytest.raises(AddressUnreadableError):
        CIPHER.decrypt("token", stored)


def test_an_error_tells_nothing_of_the_address():
    with pytest.raises(AddressUnreadableError) as error:
        CIPHER.decrypt("token", b"\x02secret-token")
    assert "secret-token" not in str(error.value)


def test_one_address_has_one_fingerprint_and_two_have_two():
    assert CIPHER.fingerprint("token", "t") == AddressCipher(KEY).fingerprint("token", "t")
    others = [("fid", "t"), ("token", "T"), ("token", "")]
    assert CIPHER.fingerprint("token", "t") not in {CIPHER.fingerprint(*other) for other in others}
    assert len(CIPHER.fingerprint("token", "t")) == 64


def test_a_fingerprint_cannot_be_made_without_the_key():
    assert CIPHER.fingerprint("token", "t") != AddressCipher(OTHER_KEY).fingerprint("token", "t")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(size):
    with pytest.raises(ValueError, match="must be 32 bytes"):
        AddressCipher(bytes(size))
