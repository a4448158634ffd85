"""A job is a row: it is done once, whoever dies meanwhile, and says how it went."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from practice.jobs import actions
from practice.models import Job
from practice.web.refusals import Refused
from tests.factories import MONDAY_NOON


class NothingToSay(Refused):
    message = "There is nothing in this period."


@pytest.fixture
def kind(monkeypatch):
    """A kind of work of which the test says what it does."""
    kinds: dict[str, actions.Work] = {}
    monkeypatch.setattr(actions, "_kinds", kinds)

    def does(work):
        kinds["test"] = work

    return does


def asked(by, now=MONDAY_NOON):
    return actions.ask(kind="test", subject_uid=uuid4(), by=by, now=now)


@pytest.mark.django_db
def test_a_job_that_is_asked_for_waits(clinician):
    job = asked(clinician)

    assert (job.state, job.progress, job.has_ended) == ("waiting", 0, False)


@pytest.mark.django_db
def test_a_job_is_done_and_says_so(clinician, kind):
    kind(lambda job, tell: tell(40, "Drawing"))
    job = asked(clinician)

    assert actions.do_one(timezone.now())

    job.refresh_from_db()
    assert (job.state, job.progress, job.step, job.attempts) == ("done", 100, "Drawing", 1)
    assert job.leased_until is None


@pytest.mark.django_db
def test_there_is_nothing_to_do_when_all_is_done(clinician, kind):
    kind(lambda job, tell: None)
    asked(clinician)
    actions.do_one(timezone.now())

    assert actions.do_one(timezone.now()) is False


@pytest.mark.django_db
def test_the_oldest_is_done_first(clinician, kind):
    done = []
    kind(lambda job, tell: done.append(job.pk))
    second = asked(clinician, MONDAY_NOON)
    first = asked(clinician, MONDAY_NOON - timedelta(minutes=1))

    actions.do_one(timezone.now())
    actions.do_one(timezone.now())

    assert done == [first.pk, second.pk]


@pytest.mark.django_db
def test_a_refusal_is_told_in_its_own_words(clinician, kind):
    def refuse(job, tell):
        raise NothingToSay

    kind(refuse)
    job = asked(clinician)

    actions.do_one(timezone.now())

    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "There is nothing in this period.")


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_without_its_insides(clinician, kind, caplog):
    def break_down(job, tell):
        raise ZeroDivisionError("client Sam Wood")

    kind(break_down)
    job = asked(clinician)

    actions.do_one(timezone.now())

    job.refresh_from_db()
    assert job.state == "failed"
    assert "Sam Wood" not in job.problem
    assert "our side" in job.problem


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_done_by_the_next(clinician, kind):
    kind(lambda job, tell: None)
    job = asked(clinician)
    Job.objects.update(state="running", leased_until=timezone.now() - timedelta(seconds=1), attempts=1)

    actions.do_one(timezone.now())

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


@pytest.mark.django_db
def test_what_somebody_is_doing_is_left_to_them(clinician, kind):
    kind(lambda job, tell: None)
    asked(clinician)
    Job.objects.update(state="running", leased_until=timezone.now() + timedelta(seconds=30), attempts=1)

    assert actions.do_one(timezone.now()) is False


@pytest.mark.django_db
def test_what_never_finishes_is_given_up(clinician, kind):
    done = []
    kind(lambda job, tell: done.append(job))
    job = asked(clinician)
    Job.objects.update(
        state="running", leased_until=timezone.now() - timedelta(seconds=1), attempts=actions.MOST_ATTEMPTS
    )

    actions.do_one(timezone.now())

    job.refresh_from_db()
    assert (job.state, done) == ("failed", [])
    assert "several times" in job.problem


@pytest.mark.django_db
def test_progress_renews_the_lease(clinician, kind):
    leases = []

    def watch(job, tell):
        before: Any = Job.objects.get(pk=job.pk).leased_until
        tell(10, "Reading")
        after: Any = Job.objects.get(pk=job.pk).leased_until
        leases.append(after - before)

    kind(watch)
    asked(clinician)

    actions.do_one(timezone.now() - timedelta(seconds=20))

    assert leases[0] >= timedelta(seconds=19)


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_different_jobs(clinician, kind):
    both_are_at_work, done = Barrier(2, timeout=20), []

    def work(job, tell):
        both_are_at_work.wait()
        done.append(job.pk)

    kind(work)
    jobs = {asked(clinician).pk, asked(clinician).pk}

    def one_worker():
        actions.do_one(timezone.now())
        connection.close()

    workers = [Thread(target=one_worker) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert set(done) == jobs


@pytest.mark.django_db
def test_a_job_is_seen_by_whoever_asked_and_nobody_else(api_of, clinician, colleague):
    job = asked(clinician)
    address = reverse("api_job", args=[job.uid])

    assert api_of(clinician).get(address).json()["state"] == "waiting"
    assert api_of(colleague).get(address).status_code == 404
