"""What a monitor is told."""

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client as Browser
from django.utils import timezone

from practice.jobs.actions import beat
from practice.machine import health

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "free")


@pytest.fixture(autouse=True)
def _a_home(settings: Any, tmp_path: Path) -> None:
    settings.TOWPATH_HOME = tmp_path


@pytest.fixture
def _a_worker_at_work() -> None:
    beat(name="worker", now=timezone.now())


def _ready() -> tuple[int, dict[str, object]]:
    answer = Browser().get("/readyz")
    return answer.status_code, answer.json()


def test_a_process_that_answers_is_healthy():
    answer = Browser().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.usefixtures("_a_worker_at_work")
def test_the_whole_is_ready_when_each_part_is():
    assert _ready() == (
        200,
        {"ready": True, "database": "ok", "migrations": "ok", "keys": "ok", "worker": "ok", "disk": "ok"},
    )


def test_a_worker_that_was_not_seen_for_a_minute_is_late():
    beat(name="worker", now=timezone.now() - timedelta(seconds=61))

    status, parts = _ready()

    assert (status, parts["worker"]) == (503, "late")


@pytest.mark.usefixtures("_a_worker_at_work")
def test_a_disk_that_is_nearly_full_is_told(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(free=health.LEAST_FREE_BYTES - 1))

    status, parts = _ready()

    assert (status, parts["disk"]) == (503, "nearly full")


@pytest.mark.usefixtures("_a_worker_at_work")
def test_a_part_that_does_not_answer_tells_no_more_than_that(monkeypatch):
    def broken() -> str:
        raise DatabaseError("password of towpath is wrong")

    monkeypatch.setitem(health.QUESTIONS, "database", broken)

    status, parts = _ready()

    assert (status, parts["database"]) == (503, "no answer")
    assert "password" not in str(parts)
