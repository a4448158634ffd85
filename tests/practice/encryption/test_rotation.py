"""Keys are handed over while people work; somebody pulls the plug; somebody takes the old key away too early."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

from clients.models import RunLog
from practice.encryption import keys
from practice.encryption.actions import new_wrapped
from practice.encryption.keyring import Keyring
from practice.encryption.models import DataKey
from practice.encryption.starting import why_records_stay_shut
from practice.machine.home import PROJECT
from practice.machine.waiting import wait_until
from tests.factories import MONDAY_NOON, RunLogFactory

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]
OLD = django_settings.RECORD_KEYS[0]
NEW = "the-next-key-of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"
MANY = 4_000
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a program of the product on the database of this test, with these keys."""
    started: list[subprocess.Popen[str]] = []

    def starting(*command: str, key: str, old: str = "", **more: str) -> "subprocess.Popen[str]":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        ours = {"DATABASE_URL": url.geturl(), "TOWPATH_KEY": key, "TOWPATH_OLD_KEYS": old}
        program = subprocess.Popen(
            [sys.executable, *command], cwd=PROJECT, env={**os.environ, **ours, **more}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        started.append(program)
        return program

    yield starting
    for program in started:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        if program.stdout:
            program.stdout.close()
    keys.forget()


@pytest.fixture
def both_keys(settings) -> None:
    """This process serves with the new key and the old one, as every process does before the handing over."""
    settings.RECORD_KEYS = [NEW, OLD]
    keys.forget()


def handed_over() -> int:
    return DataKey.objects.filter(kek=Keyring.of([NEW]).current.fingerprint).count()


def test_kill_in_the_middle_loses_nothing_and_the_next_start_ends_it(start, both_keys, settings):
    settings.RECORD_KEYS = [OLD]
    runs = RunLogFactory.create_batch(20, journal="By the weir.")
    DataKey.objects.bulk_create(new_wrapped(now=MONDAY_NOON) for _ in range(MANY))
    settings.RECORD_KEYS = [NEW, OLD]
    read, stop = list[str](), threading.Event()
    written: dict[int, str] = {}
    traffic = [
        threading.Thread(target=_read_on, args=(read, stop)),
        threading.Thread(target=_write_on, args=(written, runs, stop)),
    ]
    for thread in traffic:
        thread.start()

    first = start("manage.py", "keys", "rotate", key=NEW, old=OLD)
    assert wait_until(lambda: handed_over() > MANY // 4, within_s=60)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    half = handed_over()
    said = start("manage.py", "keys", "rotate", key=NEW, old=OLD).communicate()[0]
    stop.set()
    for thread in traffic:
        thread.join()

    assert MANY // 4 < half < MANY
    assert "TOWPATH_OLD_KEYS may be taken away" in said
    assert [word for word in read if not word.startswith(("By the weir.", "Word ", "First word "))] == []
    assert len(written) > len(runs)
    settings.RECORD_KEYS = [NEW]
    keys.forget()
    assert why_records_stay_shut() == ""
    assert {run.pk: run.journal for run in RunLog.objects.all()} == written


def _write_on(written: dict[int, str], runs: list[RunLog], stop: threading.Event) -> None:
    """What people write meanwhile: other words into what is there, and new clients with a key of their own."""
    written.update({run.pk: run.journal for run in runs})
    try:
        for number in range(MANY // 10):
            if stop.is_set():
                return
            keys.forget()
            old, new = RunLog.objects.get(pk=runs[number % len(runs)].pk), f"Word {number}."
            written[old.pk] = old.journal = new
            old.save(update_fields=["journal"])
            made = RunLogFactory.create(journal=f"First word {number}.")
            written[made.pk] = made.journal
    finally:
        connection.close()


def _read_on(read: list[str], stop: threading.Event) -> None:
    """What people read meanwhile, each time with keys fresh from the table; a failure is kept like a word."""
    try:
        while not stop.is_set():
            keys.forget()
            read.extend(run.journal for run in RunLog.objects.all()[:5])
    except Exception as problem:  # noqa: BLE001 - the test shows it
        read.append(repr(problem))
    finally:
        connection.close()


def test_two_at_once_share_the_work(start, settings):
    DataKey.objects.bulk_create(new_wrapped(now=MONDAY_NOON) for _ in range(MANY // 4))

    together = [start("manage.py", "keys", "rotate", key=NEW, old=OLD) for _ in range(2)]
    ends = [program.communicate()[0] for program in together]

    assert all("TOWPATH_OLD_KEYS may be taken away" in said for said in ends)
    assert handed_over() == MANY // 4


@pytest.mark.parametrize("program", ["web", "worker"])
def test_an_old_key_taken_away_too_early_stops_the_start(start, program, tmp_path):
    RunLogFactory.create(journal="By the weir.")

    ended = start("-m", "practice.machine", program, key=NEW, TOWPATH_HOME=str(tmp_path), TOWPATH_PORT="8391")
    said = ended.communicate(timeout=60)[0]

    assert ended.returncode != 0
    assert "towpath: 1 of the keys to the records are wrapped with the key" in said
    assert "Put that key back" in said


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "TOWPATH_KEY is not set"),
        ("short", "TOWPATH_KEY holds a key of fewer than 43 random characters"),
    ],
)
def test_without_a_good_key_nothing_starts_at_all(start, key, words):
    ended = start("-m", "practice.machine", "web", key=key)

    assert words in ended.communicate(timeout=60)[0]
    assert ended.returncode != 0
