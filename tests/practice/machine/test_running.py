"""`make run`, as people use it: one start, a second one beside it, accidents, an end, and a start again."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from practice.machine.home import PROJECT
from practice.machine.scratch import KEPT
from practice.machine.waiting import wait_until

pytestmark = pytest.mark.timeout(600)
UP_WITHIN_S = 240
SOON_S = 60


@dataclass
class House:
    """A state folder of its own, and the machine that runs in it."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0

    @property
    def printed(self) -> Path:
        return self.folder / f"printed-{self.starts}.txt"

    def says(self, words: str) -> bool:
        return words in self.printed.read_text()

    def stand(self) -> "House":
        """Start it unless it runs, and wait until it says that it does."""
        if self.process is None:
            self.start()
            wait_until(self.is_settled, within_s=UP_WITHIN_S)
            assert self.says("Towpath is at"), self.words()
        assert wait_until(self.serves, within_s=SOON_S), self.words()
        return self

    def serves(self) -> bool:
        """A web process answers; another test may just have killed the one before it."""
        try:
            return _status(self, "/readyz") == 200
        except OSError:
            return False

    def start(self) -> "subprocess.Popen[bytes]":
        self.starts += 1
        with self.printed.open("wb") as sink:
            command = [sys.executable, "-m", "practice.machine", "run"]
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=_environment(self), stdout=sink, stderr=subprocess.STDOUT
            )
        return self.process

    def is_settled(self) -> bool:
        return self.says("Towpath is at") or (self.process is not None and self.process.poll() is not None)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        process, self.process = self.process, None
        assert process
        process.send_signal(number)
        return process.wait(SOON_S)

    def words(self) -> str:
        logs = (self.folder / "home" / "logs").glob("*.log")
        return "\n".join(path.read_text(errors="replace")[-1500:] for path in [self.printed, *logs])

    def family(self) -> set[int]:
        """The machine and all that descends from it."""
        assert self.process
        processes, found = _processes(), {self.process.pid}
        while more := {pid for pid, parent, _ in processes if parent in found} - found:
            found |= more
        return found

    def pid_of(self, name: str) -> int:
        """The child that runs `practice.machine <name>`; 0 while there is none."""
        assert self.process
        ours, end = self.process.pid, f"practice.machine {name}"
        return next((pid for pid, parent, said in _processes() if parent == ours and said.endswith(end)), 0)


def _processes() -> list[tuple[int, int, str]]:
    listed = subprocess.run(
        ["/bin/ps", "-Ao", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [(int(pid), int(parent), " ".join(command)) for pid, parent, *command in lines]


def _environment(house: House) -> dict[str, str]:
    ours = ("TOWPATH_", "DATABASE_", "REDIS_URL")
    plain = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(ours)}
    return plain | {
        "TOWPATH_HOME": str(house.folder / "home"),
        "TOWPATH_PORT": str(house.port),
        "TOWPATH_DEMO": "false",
        "TOWPATH_WEB_PROCESSES": "1",
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _status(house: House, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _all_gone(family: set[int]) -> bool:
    return wait_until(lambda: not any(map(_is_alive, family)), within_s=SOON_S)


@pytest.fixture(scope="module")
def house(open_folder: Path) -> Iterator[House]:
    built = House(open_folder, _free_port())
    yield built
    if built.process:
        built.end()


@pytest.fixture
def another(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path, _free_port())
    yield built
    if built.process and built.process.poll() is None:
        built.end()


def test_a_bare_home_becomes_a_running_product(house):
    house.stand()

    assert house.says(f"Towpath is at http://127.0.0.1:{house.port}/")
    assert _status(house, "/accounts/login/") == 200


def test_a_second_start_in_the_same_home_says_where_the_first_one_is(house, another):
    house.stand()
    (another.folder / "home").symlink_to(house.folder / "home")

    assert another.start().wait(SOON_S) == 1
    assert another.says(f"already running at http://127.0.0.1:{house.port}/ (process {house.process.pid})")


def test_another_home_is_told_that_the_port_is_taken(house, another):
    house.stand()
    another.port = house.port

    assert another.start().wait(SOON_S) == 1
    assert another.says(f"port {house.port} is taken by another program")


def test_a_killed_child_is_reported_and_runs_again(house):
    house.stand()
    names = ("web", "worker", "beat")
    assert wait_until(lambda: all(map(house.pid_of, names)), within_s=SOON_S)

    for name in names:
        os.kill(house.pid_of(name), signal.SIGKILL)

    for name in names:
        assert wait_until(partial(house.says, f"{name} runs again."), within_s=SOON_S), house.words()
        assert house.says(f"{name} ended (killed by signal 9)")


def test_an_end_leaves_no_process_behind_and_the_next_start_does_nothing_twice(house):
    first = house.stand().family()

    assert house.end(signal.SIGTERM) == 0
    assert _all_gone(first)

    second = house.stand().family()
    assert not re.search("gets its tables|are packed|is made in", house.printed.read_text())
    assert house.end(signal.SIGINT) == 0
    assert _all_gone(second)
    assert len(first) > 8
