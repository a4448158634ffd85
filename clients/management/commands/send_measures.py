"""`manage.py send_measures`: ask every client what is due now, as the beat does by day."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.measures.actions import send_everything_due


class Command(BaseCommand):
    help = "Ask every client the questionnaires that their plans have due. Run twice, nothing is asked twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count; ask nobody.")
        parser.add_argument("--json", action="store_true", help="Say it for programs.")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_everything_due(now=timezone.now(), dry_run=options["dry_run"])
        said = {"due": sent.due, "asked": sent.asked, "failed": sent.failed}
        plain = f"{sent.due} clients with something due, {sent.asked} asked, {sent.failed} went wrong."
        self.stdout.write(json.dumps(said) if options["json"] else plain)
        if sent.failed:
            raise CommandError("Not everybody could be asked; the log says why.", returncode=2)
