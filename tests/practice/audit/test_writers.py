"""Many who write at once never wait for each other, and leave neither fork nor gap."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction

from practice.audit import record
from practice.audit.key import key
from practice.audit.sealing import seal
from practice.audit.verifying import verify
from practice.models import AuditEvent, TrailCounter, TrailSeal

pytestmark = pytest.mark.django_db(transaction=True)


def _together(work, how_many):
    """Run `work(number)` in so many threads at once; what went wrong in any of them."""
    start, wrong = threading.Barrier(how_many), []

    def run(number):
        try:
            start.wait(60)
            work(number)
        except Exception as error:  # noqa: BLE001 - the test shows what went wrong, whatever it was
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _write(now, how_many):
    def work(number):
        for step in range(how_many):
            with transaction.atomic():
                record("signed_in", on=None, by=None, at=now, writer=number, step=step)
                if step % 5 == 4:
                    transaction.set_rollback(True)
            if number % 4 == 0:
                seal(now=now)

    return work


def _has_no_gap(lines):
    numbers: dict[int, list[int]] = {}
    for shard, number in lines:
        numbers.setdefault(shard, []).append(number)
    return all(sorted(own) == list(range(1, len(own) + 1)) for own in numbers.values())


def _check_all(now, written):
    seal(now=now)
    assert AuditEvent.objects.acts().count() == written
    assert _has_no_gap(AuditEvent.objects.values_list("shard", "number"))
    assert sorted(TrailSeal.objects.values_list("number", flat=True)) == list(
        range(1, AuditEvent.objects.count() + 1)
    )
    assert dict(TrailCounter.objects.values_list("shard", "last")) == Counter(
        AuditEvent.objects.values_list("shard", flat=True)
    )
    assert verify().is_intact


def test_eight_writers_and_a_sealer_leave_no_fork_and_no_gap(now):
    assert _together(_write(now, 10), 8) == []

    _check_all(now, 8 * 8)


@pytest.mark.deep
def test_a_hundred_writers_leave_no_fork_and_no_gap(now):
    for _ in range(5):
        assert _together(_write(now, 10), 20) == []

    _check_all(now, 5 * 20 * 8)


def test_a_writer_who_takes_long_holds_nobody_up(now):
    """The other transaction is still open, and has written, when this one is through."""
    key()
    seal(now=now)
    before = TrailSeal.objects.count()
    written, done = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            record("signed_in", on=None, by=None, at=now)
            written.set()
            assert done.wait(30)

    def quick():
        assert written.wait(30)
        record("signed_out", on=None, by=None, at=now)
        seal(now=now)
        done.set()

    assert _together(lambda number: (slow, quick)[number](), 2) == []

    assert TrailSeal.objects.count() == before + 1
    assert len(set(AuditEvent.objects.acts().values_list("shard", flat=True))) == 2
    assert seal(now=now).count == 1
