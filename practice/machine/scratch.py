"""A throw-away database and state folder for one command: tests, checks, benchmarks."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from practice.machine import postgres
from practice.machine.home import PROJECT, Home
from practice.machine.system import chromium
from practice.machine.terminal import say

FOR_TESTS = {"TOWPATH_DEMO": "true", "TOWPATH_HTTPS": "false"}
KEPT = ("TOWPATH_CHROMIUM", "TOWPATH_BENCH_CLIENTS", "TOWPATH_BENCH_LINES")
INTERRUPTED = 130
SCRATCH_KEY = "a-key-for-a-database-that-lives-for-minutes-0123456789-abcdefghijkl"


def run(command: list[str], settings: dict[str, str]) -> int:
    """Run a command with its own empty database; its exit code. Nothing is left behind, whatever happens."""
    with prepared(settings) as environment:
        return subprocess.run(command, check=False, cwd=PROJECT, env=environment).returncode
    return INTERRUPTED


@contextmanager
def prepared(settings: dict[str, str]) -> Iterator[dict[str, str]]:
    """An environment with a database and a state folder of its own, for as long as the block lasts. Ctrl-C ends it."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    folder = Path(tempfile.mkdtemp(prefix="towpath-home-"))
    own = {"TOWPATH_HOME": str(folder), "TOWPATH_SECRET_KEY": SCRATCH_KEY, "TOWPATH_KEY": SCRATCH_KEY}
    try:
        Home(folder).prepare()
        with postgres.throw_away() as cluster:
            yield {
                **_clean(),
                **settings,
                **own,
                "DATABASE_URL": cluster.url,
                "DATABASE_OWNER_URL": cluster.owner_url,
            }
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test(args: list[str]) -> int:
    """The suite, on as many processors as there are up to four, one database each; a file stays on one."""
    return _pytest("artefacts/tests.xml", ["-m", "not deep", *args])


def test_deep(args: list[str]) -> int:
    """What takes too long for every change: long fuzzing and races, and every property with far more examples."""
    longer = ["-m", "deep or hypothesis", "--hypothesis-profile=deep", "--timeout=3600"]
    return _pytest("artefacts/tests-deep.xml", [*longer, *args])


def _pytest(report: str, args: list[str]) -> int:
    spread = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]
    kept = [f"--junitxml={report}"] if os.environ.get("CI") else []
    return run(python("-m", "pytest", *spread, *kept, *args), FOR_TESTS | _browser())


def bench(args: list[str]) -> int:
    """The benchmarks: they fill the database themselves."""
    return run(python("-m", "tests.bench", *args), FOR_TESTS)


def python(*args: str) -> list[str]:
    """A command line for the Python that runs us."""
    return [sys.executable, *args]


def _browser() -> dict[str, str]:
    found = chromium()
    return {"TOWPATH_CHROMIUM": found} if found else {}


def _clean() -> dict[str, str]:
    """Our environment without settings of a real installation: a test must never meet its database."""
    ours = ("TOWPATH_", "DATABASE_", "REDIS_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(ours)}


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
