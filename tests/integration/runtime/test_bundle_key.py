"""Offline bundles are signed with a key that an operator has set; to try things out the data folder has one."""

import base64
import stat

import pytest

from bosai import folder
from bosai.settings import Settings, SettingsError

KEY = base64.b64encode(b"k" * 32).decode()
FORMER = base64.b64encode(b"f" * 32).decode()


def test_without_a_setting_a_key_is_made_once_and_for_the_owner_alone(tmp_path):
    settings = Settings(data=tmp_path)
    first, again = folder.bundle_secrets(settings), folder.bundle_secrets(settings)
    assert first == again
    assert len(first[0]) == 32
    assert stat.S_IMODE((tmp_path / "bundle.key").stat().st_mode) == 0o600
    assert first[0] != folder.secret_key(settings)


def test_in_production_no_key_is_made_up(tmp_path):
    assert folder.bundle_secrets(Settings(data=tmp_path, environment="production")) == []
    assert list(tmp_path.iterdir()) == []


def test_the_new_key_comes_before_the_former_one(tmp_path):
    settings = Settings(data=tmp_path, environment="production", bundle_key=KEY, former_bundle_key=FORMER)
    assert folder.bundle_secrets(settings) == [b"k" * 32, b"f" * 32]


@pytest.mark.parametrize("name", ["bundle_key", "former_bundle_key"])
def test_a_key_that_is_none_is_named(tmp_path, name):
    settings = Settings(data=tmp_path, **({"bundle_key": KEY} | {name: "short"}))
    with pytest.raises(SettingsError, match=f"BOSAI_{name.upper()}: expected 32 bytes"):
        folder.bundle_secrets(settings)
