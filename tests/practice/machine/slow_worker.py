"""A real worker that knows one more kind of job: it waits at a gate, then leaves one line. Started by the tests."""

import os
from pathlib import Path

import django

django.setup()

from practice.jobs.actions import Progress, register
from practice.jobs.models import Job
from practice.machine import children
from practice.machine.waiting import wait_until

KIND = "leave_a_line"


def leave_a_line(job: Job, tell: Progress) -> None:
    """Say which attempt began, wait until the gate is open, and write the one line that counts."""
    folder = Path(os.environ["TOWPATH_HOME"])
    (folder / f"began-{job.attempts}").touch()
    tell(50, "at the gate")
    wait_until((folder / "gate").exists, within_s=300)
    with (folder / "lines").open("a") as lines:
        lines.write(f"{job.subject_uid}\n")


if __name__ == "__main__":
    register(KIND, leave_a_line)
    children.worker()
