"""Work that never ends or asks for everything fails, and the worker goes on."""

import resource
import signal
import threading
import time
from contextlib import suppress
from uuid import uuid4

import pytest

from practice.jobs import actions, limits
from practice.models import Job
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def does(monkeypatch):
    kinds: dict[str, actions.Work] = {}
    monkeypatch.setattr(actions, "_kinds", kinds)
    monkeypatch.setattr(limits, "LONGEST_STEP_S", 0.2)
    monkeypatch.setattr(limits, "AGAIN_S", 0.05)
    return lambda work: kinds.update(test=work)


def done(clinician):
    """A job of this kind, after a worker has had it."""
    job = actions.ask(kind="test", subject_uid=uuid4(), by=clinician, now=MONDAY_NOON)
    assert actions.do_one(MONDAY_NOON)
    return Job.objects.get(pk=job.pk)


def endless(job, tell):
    while True:
        with suppress(Exception):  # as a library might
            sum(range(1000))


def test_work_that_never_ends_fails(clinician, does):
    does(endless)

    job = done(clinician)

    assert (job.state, job.problem) == ("failed", "This took too long and was stopped. Please try again.")


def test_work_that_swallows_everything_once_is_ended_the_second_time(clinician, does):
    def stubborn(job, tell):
        try:
            endless(job, tell)
        except BaseException:  # noqa: BLE001 - that is what is tried
            endless(job, tell)

    does(stubborn)

    assert done(clinician).state == "failed"


def test_long_work_that_tells_how_far_it_is_goes_on(clinician, does):
    def patient(job, tell):
        for step in range(5):
            ends = time.monotonic() + 0.1
            while time.monotonic() < ends:
                pass
            tell(step * 20, "Still at it")

    does(patient)

    assert done(clinician).state == "done"


def test_work_that_asks_for_all_memory_fails(clinician, does):
    does(lambda job, tell: bytearray(limits.MOST_BYTES * 2))

    assert done(clinician).state == "failed"


def test_the_worker_is_as_it_was_afterwards(clinician, does):
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)
    does(endless)

    done(clinician)

    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)) == before


def test_a_step_is_shorter_than_its_lease():
    assert actions.LEASE.total_seconds() > limits.LONGEST_STEP_S


def test_outside_the_main_thread_nothing_is_timed():
    finished = []

    def work():
        with limits.limited():
            limits.next_step()
            finished.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert finished == [True]
