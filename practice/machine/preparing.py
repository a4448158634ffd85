"""What has to be done before the first page: tables, static files, the fictional practice; and only when it changed."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from practice.machine.home import PROJECT, Home
from practice.machine.terminal import Trouble, say
from practice.machine.waiting import wait_until

PACK_STATIC = ("manage.py", "collectstatic", "--no-input", "-v0", "--ignore=redoc")
APPS = ("practice", "clients", "sessions")


@dataclass(frozen=True)
class Step:
    """A command for our Python, and the fingerprint of all it depends on."""

    name: str
    command: tuple[str, ...]
    fingerprint: str
    saying: str

    def is_done(self, home: Home) -> bool:
        stamp = home.stamps / self.name
        return stamp.exists() and stamp.read_text() == self.fingerprint

    def note(self, home: Home) -> None:
        (home.stamps / self.name).write_text(self.fingerprint)

    def log(self, home: Home) -> Path:
        return home.logs / f"{self.name}.log"


def steps(*, database: str, with_demo: bool) -> list[list[Step]]:
    """The steps in order; those in one list need nothing of each other. `database` names this very database."""
    parts = PROJECT / "requirements.txt"
    tables = fingerprint_of([parts, *_ours("migrations/*.py"), *_ours("**/wall*.py")], database)
    pages = fingerprint_of([parts, *_ours("**/static/**/*")], "")
    first = [
        Step(
            "migrate", ("manage.py", "migrate", "--no-input", "-v0"), tables, "The database gets its tables."
        ),
        Step("static", PACK_STATIC, pages, "Styles, icons and scripts are packed."),
    ]
    demo = Step(
        "demo",
        ("manage.py", "demo"),
        hashlib.sha256(database.encode()).hexdigest(),
        "The fictional practice moves in.",
    )
    return [first, [demo]] if with_demo else [first]


def _ours(pattern: str) -> Iterable[Path]:
    return (path for app in APPS for path in sorted((PROJECT / app).glob(pattern)) if path.is_file())


def fingerprint_of(files: Iterable[Path], context: str) -> str:
    """Another one when any of the files changed, came or went."""
    digest = hashlib.sha256(context.encode())
    for path in files:
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def forget(home: Home) -> None:
    """Take every step again: the database may not be the one that we prepared."""
    for name in ("migrate", "demo"):
        (home.stamps / name).unlink(missing_ok=True)


def take(
    home: Home, together: list[Step], environment: dict[str, str], *, asked_to_end: Callable[[], bool]
) -> None:
    """Do the steps that are not done, side by side; break off when asked to end, each step being all or nothing.

    Raises Trouble with the end of the log of one that failed.
    """
    started = [(step, _begin(home, step, environment)) for step in together if not step.is_done(home)]
    while not wait_until(lambda: all(process.poll() is not None for _, process in started), within_s=0.5):
        if asked_to_end():
            _break_off([process for _, process in started])
            return
    for step, process in started:
        if process.returncode != 0:
            raise Trouble(_what_went_wrong(step, home))
        step.note(home)


def _break_off(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
        process.wait()


def _what_went_wrong(step: Step, home: Home) -> str:
    return f"`{' '.join(step.command)}` did not work. {end_of(step.log(home))}"


def end_of(log: Path) -> str:
    """What a log said last."""
    end = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return f"The end of {log}:\n{end}"


def _begin(home: Home, step: Step, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    say(step.saying)
    with step.log(home).open("wb") as sink:
        return subprocess.Popen(
            [sys.executable, *step.command],
            stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, env=environment, cwd=PROJECT, start_new_session=True,
        )  # fmt: skip
