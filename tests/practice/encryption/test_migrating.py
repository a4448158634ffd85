"""A practice that wrote in the clear until now: its words are sealed where they are, and could be brought back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from practice.machine.home import PROJECT

pytestmark = [pytest.mark.deep, pytest.mark.timeout(600)]
OWNER = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
NAME = f"towpath_in_the_clear_{os.getpid()}"
PEOPLE = Path(__file__).with_name("in_the_clear.sql")
SEALED = {
    "clients_client": ("focus", "born_on"),
    "clients_emergencycontact": ("name", "relation", "phone"),
    "clients_response": ("answers", "result"),
    "clients_safetyalert": ("what_was_done",),
    "clients_clearance": ("conditions", "rationale"),
    "clients_runlog": ("journal",),
    "therapy_sessions_note": ("body", "walk"),
    "therapy_sessions_addendum": ("text",),
    "therapy_sessions_summary": ("questions", "plan", "snapshot", "pdf"),
}


def named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own, as the owner sees it."""
    with psycopg.connect(OWNER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
        server.execute(f"CREATE DATABASE {NAME}")
    yield named(OWNER, NAME)
    with psycopg.connect(OWNER, autocommit=True) as server:
        server.execute(f"DROP DATABASE {NAME}")


def manage(*command: str) -> str:
    urls = {
        name: named(os.environ[name], NAME)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
        if name in os.environ
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=PROJECT, env={**os.environ, **urls}, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words(url: str) -> dict[str, list[object]]:
    """What the tables have in these columns."""
    with psycopg.connect(url) as connection:
        return {
            f"{table}.{column}": [
                value
                for (value,) in connection.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608 - names of the test
            ]
            for table, columns in SEALED.items()
            for column in columns
        }


def to(clients: str, sessions: str) -> None:
    """Bring both floors to these migrations, the upper one first on the way back."""
    for app, name in (("therapy_sessions", sessions), ("clients", clients)):
        manage("migrate", app, name, "-v0")


def test_words_are_sealed_where_they_are_and_can_be_brought_back(database):
    to("0007", "0004")
    with psycopg.connect(database) as connection:
        connection.execute(PEOPLE.read_text())
    clear = words(database)

    to("0010", "0006")
    sealed = words(database)
    to("0007", "0004")
    again = words(database)
    manage("migrate", "-v0")
    said = manage("keys", "check")

    assert again == clear
    assert "none is damaged" in said
    for where, values in sealed.items():
        for before, after in zip(clear[where], values, strict=True):
            assert (after is None) == (before is None), where
            assert not after or bytes(after)[0] == 1, where  # type: ignore[call-overload]
            assert bool(after) == bool(before), where
    assert "heron" in str(clear)
    assert "heron" not in str(sealed)
