"""`manage.py drafts`: announce and erase what was begun and not handed in, as the beat does."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from clients.intake import actions


class Command(BaseCommand):
    help = "Send the notices about unfinished questions that are due, and erase those that have had both."

    def handle(self, *args: Any, **options: Any) -> None:
        done = actions.keep_drafts(now=timezone.now())
        self.stdout.write(", ".join(f"{step}: {count}" for step, count in done.items()))
