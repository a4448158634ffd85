"""Which user the database server runs as. PostgreSQL refuses to run as root, so root needs somebody else."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "towpath"
SYSTEM_TOOLS = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    name: str

    @property
    def as_user(self) -> dict[str, Any]:
        """What `subprocess` needs to start something as this user; nothing when that is who we are."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """May this user pass through every folder on the way, and enter or run the last?"""
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
        return subprocess.run(test, check=False, cwd="/", **self.as_user).returncode == 0

    def own(self, folder: Path) -> None:
        """Give a folder to this user, closed to everybody else."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.as_user:
            os.chown(folder, self.uid, self.gid)


def ourselves() -> Account:
    return Account(os.geteuid(), os.getegid(), _name_of(os.geteuid()))


def owner_of(path: Path) -> Account:
    found = path.stat()
    return Account(found.st_uid, found.st_gid, _name_of(found.st_uid))


def ordinary() -> Account:
    """Ourselves, or, for root, a system user made for the purpose, or `nobody`."""
    if os.geteuid() != 0:
        return ourselves()
    return _known(NAME) or _made() or _known("nobody") or Account(65534, 65534, "nobody")


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, name)


def _made() -> Account | None:
    tool = shutil.which("useradd", path=SYSTEM_TOOLS)
    if tool is None:
        return None
    ask = [tool, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([*ask, "--shell", "/usr/sbin/nologin", NAME], check=False, capture_output=True)
    return _known(NAME)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@contextmanager
def private_file(folder: Path, account: Account, content: str) -> Iterator[Path]:
    """A file for as long as the block lasts that only `account` (and root) can read."""
    path = folder / "handed-over"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        if account.as_user:
            os.fchown(file.fileno(), account.uid, account.gid)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
