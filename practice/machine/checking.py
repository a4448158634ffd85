"""`make check`: everything that can be said about the code without running the product. All of it is said, not the first."""

import subprocess
import sys
import time
from pathlib import Path

from practice.machine import scratch
from practice.machine.home import PROJECT
from practice.machine.terminal import say

LIKE_PRODUCTION = {"TOWPATH_DEMO": "false", "TOWPATH_HTTPS": "true", "TOWPATH_HOSTS": "towpath.example"}
FLOORS = ("practice", "clients", "sessions")


def check(args: list[str]) -> int:
    """Ask every question; 0 when nobody had anything to say. What was said is printed under its question."""
    with scratch.prepared(LIKE_PRODUCTION) as environment:
        return max([_asked(what, command, environment) for what, command in questions()])
    return scratch.INTERRUPTED


def questions() -> list[tuple[str, list[str]]]:
    """What is asked, and the command that answers. The Django ones run under the settings of a real installation."""
    tools, manage = Path(sys.executable).parent, scratch.python("manage.py")
    return [
        ("one format", [f"{tools}/ruff", "format", "--check", "--output-format=concise", "."]),
        ("rules", [f"{tools}/ruff", "check", "--output-format=concise", "."]),
        ("arrows between floors", [f"{tools}/lint-imports"]),
        ("migrations match the models", [*manage, "makemigrations", "--check", "--dry-run"]),
        ("safe to deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"]),
        ("templates", [f"{tools}/djlint", "templates", "--lint", "--quiet"]),
        ("types", [f"{tools}/mypy", *FLOORS, "tests", "manage.py"]),
    ]


def _asked(what: str, command: list[str], environment: dict[str, str]) -> int:
    began = time.monotonic()
    answer = subprocess.run(
        command,
        check=False,
        cwd=PROJECT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    say(f"{'ok ' if answer.returncode == 0 else 'NO '} {what} ({time.monotonic() - began:.0f} s)")
    if answer.returncode != 0:
        say(answer.stdout)
    return int(answer.returncode != 0)
