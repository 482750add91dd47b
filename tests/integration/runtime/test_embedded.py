"""The embedded Valkey server: what it was given survives a kill -9, and a broken file never keeps it from starting."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from bosai import embedded, parts, startup
from bosai.processes import Child
from bosai.settings import Settings
from workers.app import create_publisher


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path)


@pytest.fixture
def broker(settings):
    child = Child(parts.broker(settings), lambda *_: None)
    yield child
    child.kill()


def waiting(settings, queue="push"):
    with create_publisher(embedded.broker_url(settings.data)).connection_for_write() as connection:
        return connection.default_channel._size(queue)


def send(settings):
    create_publisher(embedded.broker_url(settings.data)).send_task("push.deliver", args=("live",), queue="push")


def start(broker, settings):
    broker.start()
    embedded.wait_ready(embedded.socket_path(settings.data), broker.is_running)


def test_a_message_survives_the_server_s_own_kill(settings, broker):
    start(broker, settings)
    send(settings)
    os.kill(broker.pid, signal.SIGKILL)
    assert broker.wait(10)
    start(broker, settings)
    assert waiting(settings) == 1


def test_what_a_killed_worker_had_taken_comes_back_at_the_start(settings, broker):
    start(broker, settings)
    send(settings)
    connection = create_publisher(embedded.broker_url(settings.data)).connection_for_read()
    message = connection.default_channel.basic_get("push", no_ack=False)
    assert message is not None
    assert waiting(settings) == 0
    embedded.restore_unacknowledged(create_publisher(embedded.broker_url(settings.data)))
    assert waiting(settings) == 1
    message.ack()
    connection.close()


def test_a_file_that_cannot_be_read_is_kept_and_the_server_starts_empty(settings, broker):
    start(broker, settings)
    send(settings)
    broker.kill()
    for file in (settings.data / "broker" / "appendonlydir").iterdir():
        file.write_bytes(b"not an append-only file")
    said = []
    startup.start_broker(broker, settings, lambda *line: said.append(line))
    assert waiting(settings) == 0
    assert len(list(settings.data.glob("broker.broken-*"))) == 1
    assert "broker.broken-" in said[0][1]


def test_a_data_folder_with_a_long_name_gets_a_short_socket(tmp_path):
    folder = tmp_path / ("大" * 50)
    folder.mkdir()
    path = embedded.socket_path(folder)
    assert path.is_relative_to(tempfile.gettempdir())
    assert path.parent.stat().st_mode & 0o077 == 0
    assert embedded.socket_path(folder) == path
    settings = Settings(data=folder)
    broker = Child(parts.broker(settings), lambda *_: None)
    try:
        start(broker, settings)
        send(settings)
        assert waiting(settings) == 1
    finally:
        broker.kill()


def test_two_long_folders_have_two_sockets():
    one, other = (embedded.socket_path(Path("/" + letter * 120)) for letter in "ab")
    assert one != other


def test_a_server_that_does_not_start_is_said(settings, broker):
    with pytest.raises(embedded.BrokerNotReadyError, match=r"broker\.log"):
        embedded.wait_ready(embedded.socket_path(settings.data), broker.is_running)
