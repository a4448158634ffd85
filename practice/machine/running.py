"""`make run`: everything, from nothing, in one process that watches the others."""

import http.client
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from practice import env
from practice.machine import postgres, preparing
from practice.machine.children import SUPERVISED
from practice.machine.environment import OWNERS, complete, has, home_from_settings
from practice.machine.home import Home, only_one, who_holds
from practice.machine.supervisor import Child, Supervisor, end_gracefully, start_logged
from practice.machine.terminal import Trouble, say
from practice.machine.waiting import wait_until

SERVED_WITHIN_S = 60
FREED_WITHIN_S = 12
ENDED_WITHIN_S = 60
DEMO_PEOPLE = ("owner", "clinician", "colleague", "supervisor", "reception", "client")
DEMO_PASSWORD = "side-by-side-2026"  # noqa: S105 - printed on purpose, and only for made-up people


def run() -> None:
    """Run until asked to end. Raises Trouble when it cannot start."""
    home = home_from_settings()
    home.prepare()
    port = env.number("TOWPATH_PORT", default=8000, least=1, most=65535)
    address = f"http://127.0.0.1:{port}/"
    with only_one(home, about={"pid": os.getpid(), "address": address}) as before:
        _port_is_free(port, patient=bool(before))
        supervisor = Supervisor()
        with supervisor.watching():
            _raise_house(home, supervisor, port)
            _greet(address, home)
            supervisor.tend()
    say("Ended.")


def stop() -> None:
    """End the machine of this home from outside, and wait until it is gone. Raises Trouble when it does not end."""
    home = home_from_settings()
    about = who_holds(home)
    if not about:
        say("Nothing runs here.")
        return
    os.kill(int(about["pid"]), signal.SIGTERM)
    if not wait_until(lambda: not who_holds(home), within_s=ENDED_WITHIN_S):
        raise Trouble(f"process {about['pid']} has not ended yet; its logs are in {home.logs}.")
    say("Ended.")


def _raise_house(home: Home, supervisor: Supervisor, port: int) -> None:
    database = _database(home, supervisor)
    environment = {**os.environ, "TMPDIR": str(home.temporary), SUPERVISED: "true"}
    for together in preparing.steps(database=database, with_demo=env.switch("TOWPATH_DEMO", default=False)):
        preparing.take(home, together, environment, asked_to_end=lambda: supervisor.asked_to_end)
        supervisor.heed()
    environment = {name: value for name, value in environment.items() if not name.startswith(OWNERS)}
    web = _program("web", home, environment)
    supervisor.add(web)
    if not wait_until(lambda: _is_served(port) or web.has_died, within_s=SERVED_WITHIN_S) or web.has_died:
        raise Trouble(f"the web server does not answer. {preparing.end_of(_log(home, 'web'))}")
    supervisor.heed()
    _empty(home.broker)
    supervisor.add(_program("worker", home, environment))
    supervisor.add(_program("beat", home, environment))


def _database(home: Home, supervisor: Supervisor) -> str:
    """Bring up the embedded server unless DATABASE_URL names another; a word that only this database has.

    Another server may have been emptied since we last looked, so its tables are always seen to.
    """
    if has("DATABASE_URL"):
        complete(home, database={})
        preparing.forget(home)
        return env.text("DATABASE_URL")
    cluster = postgres.of_home(home)
    is_new = not cluster.is_made
    if is_new:
        say(f"A database is made in {cluster.folder}.")
    cluster.make()
    log = _log(home, "database")
    supervisor.add(Child("database", lambda: cluster.start(log), postgres.stop, carries_rest=True))
    cluster.ensure_database()
    if not cluster.has_tables():
        preparing.forget(home)
    complete(home, database={"DATABASE_URL": cluster.url, OWNERS: cluster.owner_url})
    return cluster.identity


def _program(name: str, home: Home, environment: dict[str, str]) -> Child:
    command = [sys.executable, "-m", "practice.machine", name]
    return Child(name, lambda: start_logged(command, _log(home, name), environment), end_gracefully)


def _log(home: Home, name: str) -> Path:
    return home.logs / f"{name}.log"


def _empty(folder: Path) -> None:
    """Old rings of the doorbell: the rows they rang for are found by the sweeper anyway."""
    for letter in folder.glob("*.msg"):
        letter.unlink(missing_ok=True)


def _port_is_free(port: int, *, patient: bool) -> None:
    """Raises Trouble when somebody else has the port; patient with what a killed machine is still letting go of."""
    if not wait_until(lambda: _can_bind(port), within_s=FREED_WITHIN_S if patient else 0):
        raise Trouble(
            f"port {port} is taken by another program. Try another one: TOWPATH_PORT={port + 1} make run"
        )


def _can_bind(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_served(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": a_host()})
        return connection.getresponse().status == http.client.OK
    return False


def a_host() -> str:
    """A name this installation answers to."""
    return (env.words("TOWPATH_HOSTS") or ["127.0.0.1"])[0].lstrip(".*") or "127.0.0.1"


def _greet(address: str, home: Home) -> None:
    say(f"\nTowpath is at {address}   (Ctrl-C ends it; logs in {home.logs})")
    if env.switch("TOWPATH_DEMO", default=False):
        say("A fictional practice lives there. Everybody's password: " + demo_password())
        say("  " + "  ".join(f"{person}@demo.example" for person in DEMO_PEOPLE))


def demo_password() -> str:
    return env.text("TOWPATH_DEMO_PASSWORD", default=DEMO_PASSWORD)


def is_healthy() -> bool:
    """For a container's health check: does the web server here answer?"""
    return _is_served(env.number("TOWPATH_PORT", default=8000, least=1, most=65535))
