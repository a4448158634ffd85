"""The programs that the machine runs, each in one function, for the supervisor and for containers alike.

`python -m practice.machine web|worker|beat|migrate` becomes that program; Django and Celery are imported only there.
"""

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from practice import env
from practice.machine.home import PROJECT

SUPERVISED = "TOWPATH_SUPERVISED"
SETTINGS = "practice.settings"
GUNICORN_CONFIG = Path(__file__).with_name("gunicorn_config.py")


def web() -> None:
    """Gunicorn with practice.wsgi."""
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415 - only in this process

    drop_broken_uploads(state_folder() / "tmp")
    sys.argv = ["gunicorn", "--config", str(GUNICORN_CONFIG), "practice.wsgi"]
    WSGIApplication("%(prog)s [OPTIONS]").run()


def drop_broken_uploads(folder: Path) -> None:
    """What a killed web server left of files that were on their way in; nobody else keeps such names there."""
    for left in folder.glob("tmp*.upload*"):
        left.unlink(missing_ok=True)


def state_folder() -> Path:
    return Path(env.text("TOWPATH_HOME", default=str(PROJECT / ".towpath")))


def worker() -> None:
    """A Celery worker. One message may drain many job rows, so nothing is fetched ahead."""
    from practice.celery import app  # noqa: PLC0415 - only in this process

    at_once = env.number("TOWPATH_WORKERS", default=1, least=1, most=32)
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING"]
    app.worker_main(["worker", f"--concurrency={at_once}", *quiet])


def beat() -> None:
    """Celery's clock. It knows tasks by name only, so it needs no Django, and little memory."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    from practice.celery import app  # noqa: PLC0415 - only in this process

    app.conf.imports = ()
    app.start(["beat", f"--schedule={schedule_file()}", "--pidfile=", "--loglevel=WARNING"])


def schedule_file() -> Path:
    """Where beat notes when it last rang; it may be lost, so a container's temporary folder will do."""
    folder = state_folder() / "beat"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "schedule"


def manage(*args: str) -> None:
    """A Django command."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - only in this process

    execute_from_command_line(["manage.py", *args])


def end_with_supervisor() -> None:
    """End in good order when the supervisor is gone, even when it was killed: its end of our standard input closes."""
    if os.environ.get(SUPERVISED) == "true":
        threading.Thread(target=_wait_for_the_end, name="supervisor-watch", daemon=True).start()


def _wait_for_the_end() -> None:
    ours = os.getpid()
    with suppress(OSError):
        while os.read(0, 64):
            pass
    os.kill(ours, signal.SIGTERM)
