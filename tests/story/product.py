"""Start the product as `make run` does, in a folder and on a port of its own, and end it as Ctrl-C does."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from practice.machine.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "side-by-side-2026"
HALF_AN_HOUR = timedelta(minutes=30)
STARTS_WITHIN_S, ENDS_WITHIN_S = 240, 60
NOT_OURS = re.compile(r"^(TOWPATH_(?!CHROMIUM)|DATABASE_|REDIS_URL|DJANGO_|PYTEST_)")


def earlier_today(*clocks: str) -> datetime:
    """The first of these times, latest first, that the practice's clock passed half an hour ago today.

    A session may be entered after it took place, but stands on a clearance of its own day.
    """
    now = datetime.now(ZoneInfo("Europe/London"))
    times = [datetime.combine(now.date(), time.fromisoformat(clock), now.tzinfo) for clock in clocks]
    return next((moment for moment in times if moment + HALF_AN_HOUR <= now), times[-1])


def is_around_midnight() -> bool:
    """Whether the day changes while the stories are told, or is too young for two sessions that have just been.

    Two stories of one clinician's sessions wait for the morning then.
    """
    clock = datetime.now(ZoneInfo("Europe/London")).time()
    return clock < time(1, 30) or clock > time(23, 30)


@dataclass(frozen=True, kw_only=True)
class Product:
    url: str
    home: Path
    process: "subprocess.Popen[bytes]"

    def manage(self, *args: str) -> str:
        """The output of a command beside the running product."""
        command = [sys.executable, "manage.py", *args]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(self.home), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    @property
    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
    return kept | {"TOWPATH_HOME": str(home)}


@contextmanager
def running(home: Path) -> Iterator[Product]:
    """The product until the block ends; raises AssertionError with its words when it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = home.with_suffix(".said")
    with said.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "practice.machine", "run"],
            cwd=ROOT,
            env=_environment(home) | {"TOWPATH_PORT": str(port)},
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    product = Product(url=f"http://127.0.0.1:{port}", home=home, process=process)
    try:
        begun = wait_until(lambda: product.is_ready or process.poll() is not None, within_s=STARTS_WITHIN_S)
        assert begun, said.read_text()
        assert process.poll() is None, said.read_text()
        yield product
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(ENDS_WITHIN_S)
