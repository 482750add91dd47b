"""Commands and settings are tested as on a machine where nothing of bosai is set."""

import os

import pytest


@pytest.fixture
def no_settings(monkeypatch):
    """No variable of this machine's environment is a setting of the test."""
    for name in [name for name in os.environ if name.startswith("BOSAI_")]:
        monkeypatch.delenv(name)
