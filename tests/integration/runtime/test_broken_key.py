"""A Firebase key that cannot be used takes the pushes away, not the reads (design.md §3: no key is not silence)."""

import pytest

from bosai.settings import load_settings
from bosai.wiring import Worlds, sender


@pytest.mark.parametrize("text", ["", "{}", "no JSON"])
def test_a_broken_key_sends_nothing_and_the_service_is_there(tmp_path, text, caplog):
    key = tmp_path / "firebase.json"
    key.write_text(text, encoding="utf-8")
    settings = load_settings().changed(data=tmp_path, firebase_key=key, environment="production")
    worlds = Worlds(settings)
    assert worlds["live"].sender.channel == "none"
    assert str(key) in caplog.text
    worlds.close()


def test_whoever_asks_for_the_sender_itself_is_told(tmp_path):
    settings = load_settings().changed(data=tmp_path, firebase_key=tmp_path / "missing.json")
    with pytest.raises(ValueError, match=r"missing\.json"):
        sender(settings, Worlds(settings)["live"].world)
