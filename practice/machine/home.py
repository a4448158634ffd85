"""Where one machine keeps its state: everything under TOWPATH_HOME."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practice.machine.terminal import Trouble

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Home:
    """A state folder. It may be passed through by the database's user, and nothing in it read but by us."""

    path: Path

    def prepare(self) -> None:
        """Make the folders. Raises Trouble when this place cannot be written to."""
        try:
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            for folder in (self.secrets, self.logs, self.broker, self.stamps, self.static, self.temporary):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise Trouble(
                f"TOWPATH_HOME cannot be used ({problem.strerror}: {problem.filename}). Choose a folder you may write to."
            ) from problem

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def broker(self) -> Path:
        return self.path / "broker"

    @property
    def stamps(self) -> Path:
        return self.path / "stamps"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def temporary(self) -> Path:
        """Instead of the system's: what passes through here is nobody else's business."""
        return self.path / "tmp"

    @property
    def settings(self) -> Path:
        """What the last start chose, for `manage.py` beside a running machine."""
        return self.secrets / "environment"

    @property
    def key(self) -> str:
        """A short name that only this place has."""
        return hashlib.sha256(str(self.path).encode()).hexdigest()[:12]

    def secret(self, name: str) -> str:
        """The secret of that name, made at first need; only its owner can read it."""
        path = self.secrets / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        return path.read_text().strip()


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner can read, whole or not at all, never readable in between."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    draft.rename(path)


class RunningElsewhere(Trouble):
    """Another machine works in this home. Stop that one, or choose another TOWPATH_HOME."""


@contextmanager
def only_one(home: Home, *, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Hold the home for this process, however the last holder ended; yield what that one wrote about itself.

    Raises RunningElsewhere, with the address of the one that runs.
    """
    with (home.path / "machine.lock").open("a+") as file:
        file.seek(0)
        before = _read_about(file.read())
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise RunningElsewhere(_already_running(before)) from problem
        _write_about(file, about)
        try:
            yield before
        finally:
            _write_about(file, {})


def who_holds(home: Home) -> dict[str, Any]:
    """What the machine that works in this home says about itself; empty when none does."""
    try:
        file = (home.path / "machine.lock").open("r+")
    except OSError:
        return {}
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _read_about(file.read())
    return {}


def _already_running(about: dict[str, Any]) -> str:
    address, pid = about.get("address", "an address it has not said yet"), about.get("pid", "?")
    return f"already running at {address} (process {pid}). Ctrl-C where it runs, or `make stop`, ends it."


def _read_about(written: str) -> dict[str, Any]:
    try:
        about = json.loads(written or "{}")
    except ValueError:
        return {}
    return about if isinstance(about, dict) else {}


def _write_about(file: Any, about: dict[str, Any]) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(about))
    file.flush()
