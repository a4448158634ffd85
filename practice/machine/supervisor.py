"""Starts the children in order, starts again what dies, and ends them in reverse order when asked to."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from practice.machine.terminal import say

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
HEALTHY_AFTER_S = 60.0
GRACE_S = 12.0
LARGEST_LOG_BYTES = 5_000_000

Start = Callable[[], "subprocess.Popen[bytes]"]


class AskedToEnd(BaseException):
    """Somebody pressed Ctrl-C, or sent SIGTERM. Let it through: the supervisor ends the children."""


@dataclass
class Child:
    """A program that should run. `carries_rest`: those after it cannot live without it and start again with it."""

    name: str
    start: Start
    end: Callable[["subprocess.Popen[bytes]"], None]
    carries_rest: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    started_at: float = 0.0
    due_at: float | None = None

    def begin(self) -> None:
        self.due_at = None
        self.process = self.start()
        self.started_at = time.monotonic()

    def finish(self) -> None:
        process, self.process, self.due_at = self.process, None, None
        if process is not None:
            self.end(process)

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def pause(self, now: float) -> float:
        """How long to wait before the next start: longer each time, short again after a minute of good health."""
        self.deaths = 1 if now - self.started_at > HEALTHY_AFTER_S else self.deaths + 1
        return float(min(FIRST_PAUSE_S * 2 ** (self.deaths - 1), LONGEST_PAUSE_S))


@dataclass
class Supervisor:
    children: list[Child] = field(default_factory=list)
    asked_to_end: bool = False

    def add(self, child: Child) -> None:
        """Start a child now and keep it running from now on."""
        self.children.append(child)
        child.begin()
        self.heed()

    def heed(self) -> None:
        """Raises AskedToEnd if somebody asked. Called between steps, so that no step is torn apart."""
        if self.asked_to_end:
            raise AskedToEnd

    @contextmanager
    def watching(self) -> Iterator[None]:
        """End all children, in reverse order, however the block ends. Meanwhile signals only leave a note."""
        heeded = [number for number in ENDING if not _hangup_is_unwanted(number)]
        before = {number: signal.signal(number, self._note) for number in heeded}
        try:
            yield
        except AskedToEnd:
            say("Ending: web, worker, database.")
        finally:
            for child in reversed(self.children):
                child.finish()
            for number, handler in before.items():
                signal.signal(number, handler)

    def tend(self) -> None:
        """Watch until asked to end. Raises AskedToEnd then."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        signal.signal(signal.SIGCHLD, _wake)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        try:
            while True:
                self.heed()
                self.look_after(time.monotonic())
                _sleep_until_woken(reading, self._until_next_start(time.monotonic()))
        finally:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(reading)
            os.close(writing)

    def look_after(self, now: float) -> None:
        for position, child in enumerate(self.children):
            if child.has_died:
                self._bury(position, now)
            elif child.due_at is not None and now >= child.due_at:
                self._begin_again(position, now)

    def _bury(self, position: int, now: float) -> None:
        child = self.children[position]
        code, pause = child.process.returncode if child.process else 0, child.pause(now)
        child.finish()
        child.due_at = now + pause
        say(f"{child.name} ended ({_in_words(code)}); it is started again in {pause:g} s.")
        if child.carries_rest:
            for other in reversed(self.children[position + 1 :]):
                other.finish()

    def _begin_again(self, position: int, now: float) -> None:
        child = self.children[position]
        try:
            child.begin()
        except SystemExit as problem:
            child.due_at = now + child.pause(now)
            say(f"{problem}\n{child.name} is tried again later.")
            return
        say(f"{child.name} runs again.")
        if child.carries_rest:
            for other in self.children[position + 1 :]:
                other.begin()

    def _until_next_start(self, now: float) -> float | None:
        due = [child.due_at for child in self.children if child.due_at is not None]
        return max(0.0, min(due) - now) if due else None

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_end = True


def _hangup_is_unwanted(number: signal.Signals) -> bool:
    """Started under nohup: closing the terminal shall not end us."""
    return number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN


def _wake(number: int, frame: FrameType | None) -> None:
    """A handler must exist for the signal to reach the wake-up pipe."""


def _sleep_until_woken(reading: int, seconds: float | None) -> None:
    ready, _, _ = select.select([reading], [], [], seconds)
    if ready:
        os.read(reading, 4096)


def _in_words(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def start_logged(command: list[str], log: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a program with its words in `log`, out of reach of the terminal's Ctrl-C, its standard input held by us."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as sink:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=sink, stderr=sink, env=environment, start_new_session=True
        )


def end_gracefully(process: "subprocess.Popen[bytes]") -> None:
    """Ask to end (SIGTERM), wait, and kill whatever is left of its family then."""
    if process.poll() is None:
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE_S)
    with suppress(ProcessLookupError, PermissionError):  # nobody is left; macOS says the second
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()
