"""The fake server as a process."""

import http.client
import os
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path

import orjson
import psutil

from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess


def test_it_says_when_it_is_ready_and_leaves_nothing_behind(tmp_path: Path) -> None:
    options = FakeOptions(tmp_path)
    with FakeFcmProcess(options) as fake:
        ready = orjson.loads(options.ready_file.read_bytes())
        assert ready == {"port": fake.port, "ca": str(tmp_path / "ca.pem"), "pid": fake.pid}
        assert fake.stats()["requests"] == 0
    assert not options.ready_file.exists()
    assert not psutil.pid_exists(ready["pid"])


def test_a_signal_ends_it_with_status_0(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with FakeFcmProcess(FakeOptions(tmp_path)) as fake:
            os.kill(fake.pid, number)
            assert fake._process.wait() == 0


def test_it_keeps_its_certificates_from_one_start_to_the_next(tmp_path: Path) -> None:
    with FakeFcmProcess(FakeOptions(tmp_path)) as fake:
        first = fake.ca.read_bytes()
    with FakeFcmProcess(FakeOptions(tmp_path)) as fake:
        assert fake.ca.read_bytes() == first
    assert (tmp_path / "server.pem").stat().st_mode & 0o077 == 0


def test_it_ends_with_whoever_started_it_even_if_that_is_killed(tmp_path: Path) -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE)
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    assert psutil.pid_exists(pid)
    starter.kill()
    starter.communicate()
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)  # the test's own time limit ends a wait in vain


STARTER = """
import sys, time
from pathlib import Path
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
fake = FakeFcmProcess(FakeOptions(Path(sys.argv[1])))
print(fake.pid, flush=True)
time.sleep(60)
"""


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with FakeFcmProcess(FakeOptions(tmp_path / "first")) as fake:
        options = FakeOptions(tmp_path / "second", port=fake.port)
        second = subprocess.run(
            [sys.executable, "-m", "workers.fcm.fake", options.to_json()], capture_output=True, text=True, check=False
        )
    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
    assert f"cannot listen on 127.0.0.1:{fake.port}" in second.stderr


def test_http_1_1_keeps_its_connection_and_nonsense_ends_only_its_own(tmp_path: Path) -> None:
    with FakeFcmProcess(FakeOptions(tmp_path)) as fake:
        context = ssl.create_default_context(cafile=str(fake.ca))
        connection = http.client.HTTPSConnection("127.0.0.1", fake.port, context=context)
        for _ in range(3):
            connection.request("GET", "/messages?limit=5")
            assert orjson.loads(connection.getresponse().read()) == {"messages": []}
        connection.sock.sendall(b"\x00nonsense\r\n\r\n")
        assert connection.sock.recv(1) == b""
        connection.close()
        assert fake.stats()["connections"] == {"http/1.1": 2}
