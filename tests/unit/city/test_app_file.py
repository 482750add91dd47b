"""`app.toml`: which versions of the phone app may still be used."""

import shutil

import pytest

from alerts.city.app_file import AppVersion
from alerts.city.pack import PackError, bundled, load_pack

OWN = """
[android]
minimum = "1.4.0"
store = "https://play.example/bosai"
[ios]
minimum = "1.5.2"
[web]
minimum = "0.0.0"
"""


@pytest.fixture
def pack_with(tmp_path):
    def load(text):
        shutil.copy(bundled() / "city.toml", tmp_path)
        (tmp_path / "app.toml").write_text(text, "utf-8")
        return load_pack(tmp_path)

    return load


def test_a_city_says_which_apps_may_still_be_used(pack_with):
    app = pack_with(OWN).app
    assert app["android"] == AppVersion("1.4.0", "https://play.example/bosai")
    assert app["ios"] == AppVersion("1.5.2", None)


def test_a_city_that_says_nothing_refuses_no_app():
    assert {one.minimum for one in load_pack(bundled()).app.values()} == {"0.0.0"}


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        ('minimum = "1.4.0"', 'minimum = "1.4"', "app.toml:3: '1.4' is no version"),
        ("https://play.example/bosai", "http://play.example/bosai", "app.toml:4:"),
        ("[web]", "[watch]", "unknown key 'watch'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(pack_with, line, instead, message):
    with pytest.raises(PackError) as refused:
        pack_with(OWN.replace(line, instead))
    assert message in "\n".join(map(str, refused.value.problems))
