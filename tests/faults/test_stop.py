"""Ctrl-C and SIGTERM drain, exit 0 and leave no process; so does a start that cannot succeed, which says why."""

import json
import signal
import socket

import pytest

from bosai import folder

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_in_a_fan_out_finishes_the_chunk_and_leaves_no_process(service, until, how):
    service.add_phones(400)
    service.start_drill()
    service.start()
    until(lambda: service.accepted() > 60)
    service.process.send_signal(how)
    assert service.process.wait(40) == 0, service.log()
    assert service.family() == []
    assert service.fake.stats()["duplicates"] == 0
    assert json.loads((service.settings.data / "processes.json").read_text()) == []
    with service.drill.database.read() as uow:
        assert "claimed" not in uow.chunks.counts(), service.log()
    assert "Traceback" not in service.log()


def test_a_second_ctrl_c_does_not_wait(service, until):
    service.start()
    until(service.is_live)
    service.process.send_signal(signal.SIGINT)
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(20) == 0
    assert service.family() == []


def test_a_data_folder_in_use_is_said(service):
    with folder.locked(service.settings.data):
        service.start()
        assert service.process.wait(30) == 1
    assert "is in use by another bosai serve" in service.log()
    assert service.log().count("\n") == 1


def test_a_port_in_use_is_said_and_nothing_is_left(service):
    with socket.socket() as other:
        other.bind(("127.0.0.1", service.settings.port))
        other.listen()
        service.start()
        assert service.process.wait(30) == 1
    assert f"127.0.0.1:{service.settings.port} cannot be used" in service.log()
    assert service.family() == []
