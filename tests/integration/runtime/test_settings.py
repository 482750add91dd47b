"""The environment is the only way to set something, and what cannot be used is said by name."""

import base64
import os
import stat

import pytest

from bosai import folder
from bosai.settings import JMA_FEEDS, Settings, SettingsError, child_environment, load_settings, unknown_variables

pytestmark = pytest.mark.usefixtures("no_settings")


def test_without_any_setting_the_service_is_embedded_and_alone_on_this_machine():
    settings = load_settings()
    assert (settings.environment, settings.redis_url, settings.database_url) == ("embedded", None, None)
    assert (settings.host, settings.port, settings.city) == ("127.0.0.1", 8000, "daito")
    assert (settings.feeds, settings.feed_url, settings.firebase_key) == (True, JMA_FEEDS, None)


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("BOSAI_REDIS_URL", "")
    monkeypatch.setenv("BOSAI_PORT", "")
    assert (load_settings().redis_url, load_settings().port) == (None, 8000)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BOSAI_PORT", "eighty"), ("BOSAI_PORT", "70000"), ("BOSAI_FEEDS", "sometimes"), ("BOSAI_ENVIRONMENT", "prod")],
)
def test_a_value_that_cannot_be_used_is_named_with_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}={value}"):
        load_settings()


def test_a_misspelt_variable_is_found():
    assert unknown_variables({"BOSAI_PROT": "1", "BOSAI_PORT": "1", "HOME": "/"}) == ["BOSAI_PROT"]


def test_a_child_gets_these_settings_and_nothing_that_was_set_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("BOSAI_REDIS_URL", "redis://elsewhere/0")
    monkeypatch.setenv("UNRELATED", "kept")
    settings = load_settings().changed(data=tmp_path, redis_url=None, port=8123)
    environment = child_environment(settings)
    assert environment["BOSAI_PORT"] == "8123"
    assert environment["UNRELATED"] == "kept"
    assert "BOSAI_REDIS_URL" not in environment
    for name in ("BOSAI_REDIS_URL", "UNRELATED"):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_the_worlds_never_share_a_database(tmp_path):
    settings = Settings(data=tmp_path)
    assert folder.database_url(settings, "live") != folder.database_url(settings, "drill")


def test_r20_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    settings = Settings(data=tmp_path / "new")
    first, again = folder.secret_key(settings), folder.secret_key(settings)
    assert first == again
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert folder.secret_key(Settings(data=tmp_path / "other")) != first


def test_a_key_that_is_set_wins_over_the_file(tmp_path):
    given = bytes(range(32))
    settings = Settings(data=tmp_path, secret_key=base64.b64encode(given).decode())
    assert folder.secret_key(settings) == given
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize("text", ["", "short", "あ", base64.b64encode(bytes(31)).decode()])
def test_a_damaged_key_file_is_refused_and_not_replaced(tmp_path, text):
    (tmp_path / "secret.key").write_text(text)
    with pytest.raises(SettingsError, match=r"secret\.key"):
        folder.secret_key(Settings(data=tmp_path))
    assert (tmp_path / "secret.key").read_text() == text


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="BOSAI_DATA"):
        folder.create(tmp_path / "file" / "data")


def test_one_data_folder_has_one_service(tmp_path):
    with (
        folder.locked(tmp_path),
        pytest.raises(folder.FolderInUseError, match=str(os.getpid())),
        folder.locked(tmp_path),
    ):
        pass
    with folder.locked(tmp_path):
        pass  # free again
