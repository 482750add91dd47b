"""The API as a part of the service: it starts by the settings, and ends as a part that was told to."""

import subprocess

import httpx

from bosai import parts, startup
from bosai.settings import child_environment, load_settings


def test_sigterm_lets_it_finish_and_end_with_0(tmp_path, until):
    settings = load_settings().changed(data=tmp_path, port=startup.free_port(), feeds=False)
    startup.migrate(settings)
    with (
        subprocess.Popen(parts.api(settings), env=child_environment(settings)) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", trust_env=False) as client,
    ):
        until(lambda: answers(client))
        assert client.get("/v1/drill/situation").status_code == 200
        server.terminate()
        assert server.wait(30) == 0
    assert (tmp_path / "last-known-live.json").exists()


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health/live").status_code == 200
    except httpx.TransportError:
        return False
