"""`manage.py demo`: the fictional practice. `manage.py demo --scale N`: N more clients, for speed work."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from practice.env import text
from practice.people.acting import beyond_the_wall
from practice.web.refusals import Refused
from sessions.demo.actions import SEED, set_up_demo
from sessions.demo.scale import grow

MOST = 100_000


class Command(BaseCommand):
    help = (
        "Set up the fictional practice, once. With --scale N, add N made-up clients with two years of logs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=0, metavar="N")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo needs TOWPATH_DEMO=true, so that nobody takes it for a real practice."
            )
        if not 0 <= options["scale"] <= MOST:
            raise CommandError(f"--scale takes a number from 1 to {MOST}.")
        password, now = text("TOWPATH_DEMO_PASSWORD", default="side-by-side-2026"), timezone.now()
        with beyond_the_wall("the fictional practice is many people at once"):
            self._move_in(password, now, options)

    def _move_in(self, password: str, now: datetime, options: dict[str, Any]) -> None:
        try:
            is_new = set_up_demo(password=password, now=now, seed=options["seed"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "The fictional practice is set up." if is_new else "The fictional practice is there."
        )
        if options["scale"]:
            grow(clients=options["scale"], seed=options["seed"], now=now)
            self.stdout.write(f"{options['scale']} more clients are there.")
