"""The system's own Chromium, and the fixtures of the API, whose folder is put on the path."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "integration" / "api"))

from api_fixtures import (  # noqa: F401  fixtures are found by their names here
    _eventually,
    client,
    clock,
    drill,
    live,
    make_station,
    pack,
    production,
    serve,
    wording,
)

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a test file: Playwright's event loop must not outlive the tests that need it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(_FLAGS))
        yield browser
        browser.close()
