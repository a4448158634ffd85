"""From a bare checkout to a virtual environment with exactly the pinned parts. Needs nothing but Python 3.11 and its library.

    python3 -m practice.machine.bootstrap [--dev [--without-browser]]

The second time it compares a fingerprint and is done.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from practice.machine import system
from practice.machine.home import PROJECT
from practice.machine.terminal import Trouble, say

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def bootstrap(*, dev: bool, browser: bool) -> None:
    """Bring what is missing, and only that. Raises Trouble when it cannot be brought."""
    if sys.version_info < OLDEST:
        raise Trouble(
            f"this is Python {sys.version.split()[0]}; Towpath needs 3.11 or newer. Try PYTHON=python3.12."
        )
    wanted = "requirements-dev.txt" if dev else "requirements.txt"
    if not _has(wanted) and not _has("requirements-dev.txt"):
        _make_venv()
        _install(wanted)
        _stamp(wanted).write_text(_fingerprint(wanted))
    system.bring_libraries()
    if browser:
        system.bring_browser()


def _has(requirements: str) -> bool:
    stamp = _stamp(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _fingerprint(requirements)


def _stamp(requirements: str) -> Path:
    return VENV / f"{requirements}.installed"


def _fingerprint(requirements: str) -> str:
    """Of the pins, and of the place: a virtual environment does not survive being moved."""
    return hashlib.sha256((PROJECT / requirements).read_bytes() + str(PYTHON).encode()).hexdigest()


def _make_venv() -> None:
    if PYTHON.exists() and _works([str(PYTHON), "-m", "pip", "--version"]):
        return
    say(f"A virtual environment is made in {VENV}.")
    shutil.rmtree(VENV, ignore_errors=True)
    if not _can_make_pip() and not system.install_venv_support():
        raise Trouble(
            "this Python cannot make virtual environments. Install its venv package (python3-venv)."
        )
    venv.create(VENV, with_pip=True, symlinks=True)


def _can_make_pip() -> bool:
    return _works([sys.executable, "-m", "ensurepip", "--version"])


def _install(requirements: str) -> None:
    say(f"Installing what {requirements} pins, each file checked against its hash.")
    uv, target = shutil.which("uv"), ["--require-hashes", "-r", str(PROJECT / requirements)]
    if uv and _works([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *target]):
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, *target], check=False).returncode != 0:
        raise Trouble(f"{requirements} could not be installed; what pip said is above.")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    for_dev = "--dev" in sys.argv
    bootstrap(dev=for_dev, browser=for_dev and "--without-browser" not in sys.argv)
