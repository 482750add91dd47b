"""Children are tied to their parent, restarted when they die, and recorded so that a later start can end them."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from bosai.ledger import Entry, Ledger, entry
from bosai.processes import Child, Part

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
PARENT = """
import os, sys, time
from bosai.processes import Child, Part
child = Child(Part("sleep", (sys.executable, "-c", "import time; time.sleep(600)"), dict(os.environ)), print)
child.start()
print(child.pid, flush=True)
time.sleep(600)
"""


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def said():
    return []


@pytest.fixture
def child(said):
    child = Child(Part("sleep", SLEEP, os.environ), lambda name, line: said.append((name, line)))
    yield child
    child.kill()


@pytest.fixture
def stranger():
    process = subprocess.Popen(SLEEP, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_every_line_of_a_child_comes_with_its_name(said, until):
    child = Child(
        Part("talk", (sys.executable, "-c", "print('雨'); print('b')"), os.environ), lambda *a: said.append(a)
    )
    child.start()
    assert child.wait(10)
    until(lambda: said == [("talk", "雨"), ("talk", "b")])


def test_a_child_that_is_killed_starts_again_at_once(child, said, until):
    child.start()
    first = child.pid
    os.kill(first, signal.SIGKILL)
    until(child.tend)
    assert child.pid != first
    assert any("killed by SIGKILL" in line for _, line in said)


def test_a_child_that_keeps_dying_is_started_more_and_more_rarely(said, until):
    child = Child(Part("broken", (sys.executable, "-c", "raise SystemExit(3)"), os.environ), lambda *a: said.append(a))
    child.start()
    until(child.tend)
    assert child.wait(10)
    assert not child.tend(), "the second restart waits"
    assert [line for _, line in said if "exit status 3" in line]
    assert "starts again in 1 s" in said[-1][1]


def test_a_part_that_runs_once_is_not_started_again():
    child = Child(Part("once", (sys.executable, "-c", ""), os.environ), print, once=True)
    child.start()
    assert child.wait(10)
    assert not child.tend()
    assert not child.tend()


def test_a_child_dies_with_a_parent_that_was_killed(until):
    with subprocess.Popen((sys.executable, "-c", PARENT), stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert not is_gone(pid)
        parent.kill()
    until(lambda: is_gone(pid))


def test_a_killed_child_takes_what_it_started_along(said, until):
    script = f"import subprocess; print(subprocess.Popen({SLEEP!r}).pid, flush=True); import time; time.sleep(600)"
    child = Child(Part("family", (sys.executable, "-c", script), os.environ), lambda *a: said.append(a))
    child.start()
    until(lambda: said)
    grandchild = int(said[0][1])
    child.kill()
    until(lambda: is_gone(grandchild))


def test_a_start_ends_what_an_earlier_run_left(tmp_path, stranger):
    Ledger(tmp_path).write([entry("push", stranger.pid)])
    assert [one.name for one in Ledger(tmp_path).end_leftovers()] == ["push"]
    stranger.wait(10)
    assert Ledger(tmp_path).read() == []


def test_a_process_that_only_got_the_same_number_is_left_alone(tmp_path, stranger):
    started = psutil.Process(stranger.pid).create_time()
    Ledger(tmp_path).write([Entry("push", stranger.pid, started - 3600)])
    assert Ledger(tmp_path).end_leftovers() == []
    assert stranger.poll() is None


@pytest.mark.parametrize("text", ["", "[{", "{}", '[{"name": "push"}]', "[1]"])
def test_a_ledger_that_was_cut_off_stops_no_start(tmp_path, text):
    (tmp_path / "processes.json").write_text(text)
    assert Ledger(tmp_path).end_leftovers() == []
