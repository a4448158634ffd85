"""Celery, the engine behind the job rows. A message is only a doorbell: rows hold the work, arguments are ids.

Configured from the environment alone, so that the beat can run without Django.
"""

from pathlib import Path
from typing import Any

from celery import Celery

from practice import env

PROJECT = Path(__file__).resolve().parent.parent
DOORBELL_POLL_S = 0.1
SWEEP_EVERY_S = 10.0
SWEEP = {"expires": SWEEP_EVERY_S}
TIDY_EVERY_S = 900.0
LOOK_AGAIN_EVERY_S = 3600.0  # a day turns once; a machine that slept through it looks when it wakes
CALL_AGAIN_EVERY_S = 60.0  # a letter that did not leave, a doorbell that was lost
MEASURES_EVERY_S = 3600.0
LONGEST_TASK_S = 900


def broker() -> dict[str, Any]:
    """Redis or Valkey where REDIS_URL names one; else files under TOWPATH_HOME, for one machine."""
    redis = env.text("REDIS_URL", default="")
    if redis:
        patience = {"visibility_timeout": 600, "socket_connect_timeout": 2, "socket_timeout": 5}
        return {"broker_url": redis, "broker_transport_options": patience}
    home = Path(env.text("TOWPATH_HOME", default=str(PROJECT / ".towpath")))
    letters = home / "broker"
    letters.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport_options": {
            "data_folder_in": str(letters),
            "data_folder_out": str(letters),
            "control_folder": str(letters / "control"),
            "polling_interval": DOORBELL_POLL_S,
        },
    }


app = Celery("towpath")
app.set_default()  # the web server asks from threads of its own, where no app is "current"
app.conf.update(
    **broker(),
    imports=[
        "practice.jobs.tasks",
        "practice.audit.tasks",
        "clients.lifecycle.tasks",
        "clients.intake.tasks",
        "clients.rescreening.tasks",
        "clients.alarms.tasks",
        "clients.measures.tasks",
        "clients.questionnaires.tasks",
    ],
    accept_content=["json"],
    task_serializer="json",
    result_backend=None,
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=True,
    task_publish_retry=False,
    task_time_limit=LONGEST_TASK_S,
    timezone="UTC",
    beat_schedule={
        "versions": {
            "task": "clients.questionnaires.tasks.look_for_new_versions",
            "schedule": LOOK_AGAIN_EVERY_S,
        },
        "sweep": {"task": "practice.jobs.tasks.sweep", "schedule": SWEEP_EVERY_S, "options": SWEEP},
        "trail": {"task": "practice.audit.tasks.keep_trail", "schedule": SWEEP_EVERY_S, "options": SWEEP},
        "calendar": {"task": "clients.rescreening.tasks.look_again", "schedule": LOOK_AGAIN_EVERY_S},
        "alarms": {"task": "clients.alarms.tasks.call_somebody", "schedule": CALL_AGAIN_EVERY_S},
        "leavings": {"task": "clients.lifecycle.tasks.tidy", "schedule": TIDY_EVERY_S},
        "drafts": {"task": "clients.intake.tasks.keep_drafts", "schedule": TIDY_EVERY_S},
        "measures": {"task": "clients.measures.tasks.send_measures", "schedule": MEASURES_EVERY_S},
    },
)
