"""A throw-away database and state folder for one command: tests, checks, benchmarks."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from practice.machine import postgres
from practice.machine.home import PROJECT, Home
from practice.machine.system import chromium

FOR_TESTS = {"TOWPATH_DEMO": "true", "TOWPATH_HTTPS": "false"}
LIKE_PRODUCTION = {"TOWPATH_DEMO": "false", "TOWPATH_HTTPS": "true", "TOWPATH_HOSTS": "towpath.example"}
SCRATCH_KEY = "a-key-for-a-database-that-lives-for-minutes-0123456789-abcdefghijkl"  # noqa: S105 - guards nothing


def run(command: list[str], settings: dict[str, str]) -> int:
    """Run a command with its own empty database; its exit code. Nothing is left behind, whatever happens."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    folder = Path(tempfile.mkdtemp(prefix="towpath-home-"))
    try:
        Home(folder).prepare()
        with postgres.throw_away() as cluster:
            own = {
                "TOWPATH_HOME": str(folder),
                "DATABASE_URL": cluster.url,
                "TOWPATH_SECRET_KEY": SCRATCH_KEY,
            }
            return subprocess.run(command, check=False, cwd=PROJECT, env=_clean() | settings | own).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test(args: list[str]) -> int:
    """The suite, on as many processors as there are up to four, one database each."""
    spread = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    report = ["--junitxml=artefacts/tests.xml"] if os.environ.get("CI") else []
    return run([sys.executable, "-m", "pytest", *spread, *report, *args], FOR_TESTS | _browser())


def bench(args: list[str]) -> int:
    return run([sys.executable, "-m", "tests.bench", *args], FOR_TESTS)


def manage_like_production(args: list[str]) -> int:
    """A Django command under the settings of a real installation, on an empty database."""
    return run([sys.executable, "manage.py", *args], LIKE_PRODUCTION)


def _browser() -> dict[str, str]:
    found = chromium()
    return {"TOWPATH_CHROMIUM": found} if found else {}


def _clean() -> dict[str, str]:
    """Our environment without settings of a real installation: a test must never meet its database."""
    ours = ("TOWPATH_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
    kept = ("TOWPATH_CHROMIUM",)
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(ours)}


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
