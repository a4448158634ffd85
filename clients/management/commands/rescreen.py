"""`manage.py rescreen`: what the beat does by itself, for whoever does not run one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from clients.rescreening.daily import look_at_everybody


class Command(BaseCommand):
    help = (
        "Hold walking and running, with a task for the clinician, where a decision has run out or a break has "
        "become long. Safe to run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = look_at_everybody(now=timezone.now())
        self.stdout.write(f"{found} to look at again")
