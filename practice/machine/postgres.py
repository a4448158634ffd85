"""An own PostgreSQL: made, started, asked and stopped with the wheel's programs, as an ordinary user.

It listens on a Unix socket only, wants a password (SCRAM) even there, keeps checksums of its pages, and sorts text by
PostgreSQL's own tables, so that an update of the operating system cannot reorder an index.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from practice.machine import binaries
from practice.machine.account import Account, ordinary, ourselves, owner_of, private_file
from practice.machine.home import Home
from practice.machine.terminal import Trouble, say
from practice.machine.waiting import wait_until

ADMIN, NAME, OWNER = "postgres", "towpath", "towpath_owner"
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
START_S, STOP_S = 60, 30
READY_LINE = 7
QUICK_AND_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
_ROLES = r"""
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['{app}', '{owner}']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE {owner} LOGIN PASSWORD '{owner_password}';
ALTER ROLE {app} LOGIN PASSWORD '{password}';
SELECT 'CREATE DATABASE {app} OWNER {owner}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{app}') \gexec
ALTER DATABASE {app} OWNER TO {owner};
REVOKE ALL ON DATABASE {app} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {app} TO {app};
\connect {app}
REASSIGN OWNED BY {app} TO {owner};
"""


@dataclass(frozen=True)
class Cluster:
    """One server and its data: `folder/data`. `forgetful` ones are for tests: a power cut would ruin them."""

    folder: Path
    account: Account
    programs: Path
    admin_password: str
    owner_password: str
    password: str
    forgetful: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def identity(self) -> str:
        """Another one for every cluster, so that what was noted about an old one is not believed of a new one."""
        found = (self.data / "PG_VERSION").stat()
        return f"{found.st_ino}-{found.st_mtime_ns}"

    @property
    def socket(self) -> Path:
        """Where the socket lies: beside the data, or in a short folder when that path is longer than a socket allows."""
        beside = self.folder / "socket"
        if len(str(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        return Path("/tmp") / f"towpath-{self.account.uid}-{Home(self.folder).key}"  # noqa: S108 - owner is checked

    @property
    def url(self) -> str:
        """For the role that the product runs as: it owns nothing."""
        return f"postgresql://{NAME}:{self.password}@/{NAME}?host={quote(str(self.socket))}"

    @property
    def owner_url(self) -> str:
        """For the role that owns the tables: migrations, and nothing that answers a request."""
        return f"postgresql://{OWNER}:{self.owner_password}@/{NAME}?host={quote(str(self.socket))}"

    def make(self) -> None:
        """Make the cluster unless it is there."""
        self.account.own(self.folder)
        if self.is_made:
            return
        with private_file(self.folder, self.account, self.admin_password) as password:
            ask = [f"--pgdata={self.data}", f"--username={ADMIN}", f"--pwfile={password}", "--data-checksums"]
            ask += ["--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8", "--locale=C"]
            ask += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            made = self._run("initdb", *ask, *(["--no-sync"] if self.forgetful else []))
        if made.returncode != 0:
            raise Trouble(f"the database could not be made in {self.data}: {made.stderr.strip()}")

    def command(self) -> list[str]:
        """The command line of the server, with every setting that is not PostgreSQL's own default."""
        settings = [
            "listen_addresses=",
            f'unix_socket_directories="{self.socket}"',
            "unix_socket_permissions=0700",
        ]
        settings += ["jit=off", "timezone=UTC", *(QUICK_AND_FORGETFUL if self.forgetful else [])]
        return [str(self.programs / "postgres"), "-D", str(self.data)] + [
            f"--{setting}" for setting in settings
        ]

    def start(self, log: Path) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; `log` gets what it says.

        Raises Trouble with the end of that log when it does not.
        """
        self.clear_leftovers()
        self._own_socket_folder()
        with log.open("ab") as sink:
            server = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd="/", env=_plain(),
                start_new_session=True, **self.account.as_user,
            )  # fmt: skip
        wait_until(lambda: self.is_ready(server) or server.poll() is not None, within_s=START_S)
        if not self.is_ready(server):
            stop(server)
            raise Trouble(f"the database did not start; {log} says: {_end_of(log)}")
        return server

    def is_ready(self, server: subprocess.Popen[bytes]) -> bool:
        lines = self._pid_lines()
        return (
            len(lines) > READY_LINE and lines[0] == str(server.pid) and lines[READY_LINE].strip() == "ready"
        )

    def clear_leftovers(self) -> None:
        """End a server that outlived its machine, and drop lock files whose process is gone (kill -9, power cut)."""
        lines = self._pid_lines()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        if pid and _is_postgres(pid):
            say("A database server from an earlier start was still there; it is ended first.")
            self._run("pg_ctl", "stop", f"--pgdata={self.data}", "--mode=fast", "--wait")
        self.pid_file.unlink(missing_ok=True)
        for leftover in self.socket.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)

    def sql(self, statement: str, *, user: str = ADMIN, database: str = "postgres") -> str:
        """Run SQL and return its first rows as text. Raises Trouble with the server's words."""
        password = {ADMIN: self.admin_password, OWNER: self.owner_password}.get(user, self.password)
        ask = [str(self.programs / "psql"), "-h", str(self.socket), "-U", user, "-d", database]
        done = subprocess.run(
            [*ask, "-XqAt", "-v", "ON_ERROR_STOP=1"], input=statement, text=True, capture_output=True,
            check=False, cwd="/", env={**_plain(), "PGPASSWORD": password},
        )  # fmt: skip
        if done.returncode != 0:
            raise Trouble(f"the database in {self.folder} answers: {done.stderr.strip()}")
        return done.stdout.strip()

    def ensure_database(self) -> None:
        """Make the two roles and their database unless they are there. Neither is a superuser.

        What the app's role owned, before there was a role for that, goes over to the owner.
        """
        self.sql(
            _ROLES.format(app=NAME, owner=OWNER, password=self.password, owner_password=self.owner_password)
        )
        if self.forgetful:
            self.sql(
                f"ALTER ROLE {OWNER} CREATEDB; GRANT SET ON PARAMETER session_replication_role TO {OWNER}"
            )

    def has_tables(self) -> bool:
        return (
            self.sql("SELECT to_regclass('django_migrations') IS NOT NULL", user=NAME, database=NAME) == "t"
        )

    def _own_socket_folder(self) -> None:
        try:
            self.socket.mkdir(mode=0o700)
        except FileExistsError:
            if self.socket.is_symlink() or owner_of(self.socket).uid != self.account.uid:
                raise Trouble(f"{self.socket} belongs to somebody else. Remove it and start again.") from None
        self.account.own(self.socket)

    def _pid_lines(self) -> list[str]:
        try:
            return self.pid_file.read_text().splitlines()
        except OSError:
            return []

    def _run(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.programs / program), *args], capture_output=True, text=True, check=False, cwd="/",
            env=_plain(), **self.account.as_user,
        )  # fmt: skip


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop fast: open transactions roll back, everything committed is on disk."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_S)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def of_home(home: Home) -> Cluster:
    """The cluster of this home: in it, or, where root's own folders shut the server's user out, under /var/lib."""
    near, far = home.path / "postgres", binaries.FAR / home.key / "postgres"
    folder = far if far.is_dir() else near
    account = _keeper(folder) if folder.is_dir() else ordinary()
    if not folder.is_dir() and not account.can_reach(home.path):
        folder = far
        _open_the_way_to(far)
    if folder == far:
        say(f"The database lives in {far}: its user, {account.name}, cannot enter {home.path}.")
    admin, owner, app = (home.secret(f"database_{whose}password") for whose in ("admin_", "owner_", ""))
    return Cluster(folder, account, binaries.for_account(account), admin, owner, app)


def _keeper(folder: Path) -> Account:
    """Whose a cluster is; only that user, or root in that user's name, can run it."""
    account = owner_of(folder)
    if account.uid == 0:
        raise Trouble(
            f"{folder} belongs to root, and PostgreSQL refuses to run as root. Give it to an ordinary user."
        )
    if ourselves().uid not in {0, account.uid}:
        raise Trouble(
            f"{folder} belongs to {account.name}. Start as {account.name}, or choose another TOWPATH_HOME."
        )
    return account


def _open_the_way_to(far: Path) -> None:
    far.parent.mkdir(parents=True, exist_ok=True)
    binaries.FAR.chmod(0o755)
    far.parent.chmod(0o711)


@contextmanager
def throw_away() -> Iterator[Cluster]:
    """A server for as long as the block lasts: quick, empty, and gone afterwards."""
    account = ordinary()
    folder = Path(tempfile.mkdtemp(prefix="towpath-", dir=_reachable_temp(account)))
    admin, owner, app = (token_urlsafe(24) for _ in range(3))
    cluster = Cluster(folder, account, binaries.for_account(account), admin, owner, app, forgetful=True)
    server = None
    try:
        cluster.make()
        server = cluster.start(folder / "log")
        cluster.ensure_database()
        yield cluster
    finally:
        if server:
            stop(server)
        shutil.rmtree(cluster.socket, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _reachable_temp(account: Account) -> str | None:
    choices = [tempfile.gettempdir(), "/tmp", "/var/tmp"]  # noqa: S108 - mkdtemp makes a folder of our own in it
    return next((choice for choice in choices if account.can_reach(Path(choice))), None)


def _is_postgres(pid: int) -> bool:
    """Is this process a PostgreSQL server, and not another one that was given an old number?"""
    told = Path(f"/proc/{pid}/comm")
    if told.exists():
        return told.read_text().strip() == "postgres"
    asked = subprocess.run(
        ["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip().endswith("postgres")


def _plain() -> dict[str, str]:
    """An environment with neither our secrets nor somebody's PG* variables or locale in it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _end_of(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return " / ".join(lines[-3:])
