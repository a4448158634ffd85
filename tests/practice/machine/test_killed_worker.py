"""A job outlives the worker that was killed in the middle of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from practice.celery import broker
from practice.jobs.actions import ask
from practice.jobs.models import Job
from practice.machine.home import PROJECT
from practice.machine.waiting import wait_until
from tests.factories import MemberFactory
from tests.practice.machine.slow_worker import KIND

pytestmark = [pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]
PATIENCE_S = 120
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Rings the doorbell of this test's workers: no others listen at it."""
    monkeypatch.setenv("TOWPATH_HOME", str(tmp_path))
    monkeypatch.delenv("REDIS_URL", raising=False)
    bell = Celery("bell", set_as_current=False)
    bell.conf.update(**broker())
    return lambda task: bell.send_task(f"practice.jobs.tasks.{task}")


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        environment = {**os.environ, "TOWPATH_HOME": str(tmp_path), "DATABASE_URL": url.geturl()}
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.practice.machine.slow_worker"],
                cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        started.append(worker)
        return worker

    yield start
    for worker in started:
        _kill(worker)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    """With everything it started, as when the power goes."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def test_a_job_whose_worker_was_killed_is_done_once_by_the_next(tmp_path, ring, start_worker):
    job = ask(kind=KIND, subject_uid=uuid4(), by=MemberFactory(), now=timezone.now())
    first = start_worker()
    ring("work_through")
    assert wait_until((tmp_path / "began-1").exists, within_s=PATIENCE_S), (
        tmp_path / "worker.log"
    ).read_text()

    _kill(first)
    _let_the_lease_run_out(job)
    (tmp_path / "gate").touch()
    start_worker()
    ring("sweep")

    assert wait_until(lambda: _state_of(job) == Job.State.DONE, within_s=PATIENCE_S), (
        tmp_path / "worker.log"
    ).read_text()
    job.refresh_from_db()
    assert (tmp_path / "lines").read_text() == f"{job.subject_uid}\n"
    assert (job.attempts, job.progress, job.leased_until) == (2, 100, None)


def _let_the_lease_run_out(job: Job) -> None:
    """As a minute of waiting would: until then nobody else may take the job."""
    now = timezone.now()
    assert not Job.objects.to_do(now).exists()
    Job.objects.filter(pk=job.pk).update(leased_until=now - timedelta(seconds=1))


def _state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state
