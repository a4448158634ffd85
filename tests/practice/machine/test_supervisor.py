"""One process watches the others."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from practice.machine import supervisor
from practice.machine.supervisor import AskedToEnd, Child, Supervisor, end_gracefully, start_logged
from practice.machine.terminal import Trouble
from practice.machine.waiting import wait_until

FOREVER = ["sleep", "600"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]


class Nursery:
    """Makes children that note, by name, when they were ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ended: list[str] = []

    def __call__(self, name: str, *, carries_rest: bool = False) -> Child:
        def end(process: "subprocess.Popen[bytes]") -> None:
            self.ended.append(name)
            end_gracefully(process)

        log = self.folder / f"{name}.log"
        return Child(name, lambda: start_logged(FOREVER, log, dict(os.environ)), end, carries_rest)


@pytest.fixture
def child(tmp_path: Path) -> Nursery:
    return Nursery(tmp_path)


@pytest.fixture
def machine():
    made = Supervisor()
    yield made
    for each in made.children:
        each.finish()


def _pid(one: Child) -> int:
    assert one.process
    return one.process.pid


def _kill(one: Child) -> int:
    assert one.process
    one.process.kill()
    one.process.wait()
    return one.process.pid


def test_children_end_in_the_reverse_order_of_their_start(machine, child):
    with machine.watching():
        machine.add(child("database"))
        machine.add(child("web"))

    assert child.ended == ["web", "database"]


def test_children_end_when_something_goes_wrong_on_the_way_up(machine, child):
    with pytest.raises(Trouble):
        _go_wrong(machine, child("database"))

    assert child.ended == ["database"]


def _go_wrong(machine: Supervisor, first: Child) -> None:
    with machine.watching():
        machine.add(first)
        raise Trouble("no way up")


def test_a_child_that_died_is_reported_and_started_again_after_a_pause(machine, child, capsys):
    machine.add(child("worker"))
    dead = _kill(machine.children[0])
    died_at = time.monotonic()

    machine.look_after(died_at)
    machine.look_after(died_at + 0.4)
    assert machine.children[0].process is None
    machine.look_after(died_at + 0.6)

    assert _pid(machine.children[0]) != dead
    assert "worker ended (killed by signal 9); it is started again in 0.5 s." in capsys.readouterr().out


def test_a_child_that_dies_again_and_again_is_started_less_and_less_often(machine, child):
    worker = child("worker")
    worker.started_at = 1000.0

    pauses = [worker.pause(1001.0) for _ in range(9)]

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_minute_of_good_health_is_remembered(child):
    worker = child("worker")
    worker.deaths, worker.started_at = 8, 1000.0

    assert worker.pause(1061.0) == 0.5


def test_those_who_live_on_the_database_start_again_with_it(machine, child):
    machine.add(child("database", carries_rest=True))
    machine.add(child("web"))
    web_before = _pid(machine.children[1])
    _kill(machine.children[0])
    died_at = time.monotonic()

    machine.look_after(died_at)
    assert machine.children[1].process is None
    machine.look_after(died_at + 1)

    assert machine.children[0].process.poll() is None
    assert _pid(machine.children[1]) != web_before


def test_a_child_that_cannot_start_yet_is_tried_again(machine, child, capsys):
    machine.add(child("database"))
    _kill(machine.children[0])
    died_at = time.monotonic()
    machine.look_after(died_at)

    def no_start() -> "subprocess.Popen[bytes]":
        raise Trouble("the disk is full.")

    machine.children[0].start = no_start
    machine.look_after(died_at + 1)

    assert machine.children[0].due_at > died_at + 1
    assert "the disk is full." in capsys.readouterr().out


def test_a_child_that_will_not_end_is_killed_with_its_family(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_S", 0.1)
    stubborn = start_logged(STUBBORN, tmp_path / "log", dict(os.environ))
    assert wait_until(lambda: "deaf" in (tmp_path / "log").read_text(), within_s=20)

    end_gracefully(stubborn)

    assert stubborn.returncode == -signal.SIGKILL


def test_a_signal_ends_the_watch(machine, child):
    with machine.watching():
        machine.add(child("web"))
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
        with pytest.raises(AskedToEnd):
            machine.tend()

    assert child.ended == ["web"]


def test_a_death_wakes_the_watch(machine, child, monkeypatch):
    heard = []

    def hear(words: str) -> None:
        heard.append(words)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(supervisor, "say", hear)
    with machine.watching():
        machine.add(child("web"))
        threading.Timer(0.05, os.kill, (_pid(machine.children[0]), signal.SIGKILL)).start()
        with pytest.raises(AskedToEnd):
            machine.tend()

    assert heard == ["web ended (killed by signal 9); it is started again in 0.5 s."]


def test_a_log_that_grew_large_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "LARGEST_LOG_BYTES", 3)
    (tmp_path / "web.log").write_text("full")

    start_logged(["true"], tmp_path / "web.log", dict(os.environ)).communicate()

    assert (tmp_path / "web.old.log").read_text() == "full"
