"""The doorbell that wakes the worker."""

from threading import Thread

from practice import celery
from practice.jobs.tasks import work_through


def test_every_thread_rings_our_own_bell():
    rung = []

    thread = Thread(target=lambda: rung.append(work_through.app.main))
    thread.start()
    thread.join()

    assert rung == [celery.app.main]
