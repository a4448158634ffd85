"""`manage.py audit verify`: is the trail whole? Names the first line that is not; `seal` and `accept` beside it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from practice.audit import actions
from practice.audit.faults import Fault
from practice.audit.sealing import seal


class Command(BaseCommand):
    help = (
        "verify: look at the whole trail; exit code 1 where it is not whole. seal: seal what is written. "
        "accept: begin anew from here, after a backup was put back on purpose."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "seal", "accept"])

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['what']}")()

    def _verify(self) -> None:
        check, finding = actions.check_trail(by=None, now=timezone.now())
        for fault in finding.faults:
            self.stderr.write(str(fault))
        self.stdout.write(
            f"{finding.sealed} links, {finding.unsealed} lines not sealed yet, {check.milliseconds / 1000:.1f} s: "
            + ("intact" if finding.is_intact else "NOT intact")
        )
        if not finding.is_intact:
            sys.exit(1)

    def _seal(self) -> None:
        sealed = seal(now=timezone.now())
        self.stdout.write(f"{sealed.count} lines sealed")
        for place in sealed.missing:
            self.stderr.write(str(Fault(code="number_gone", where=place._asdict())))
        if sealed.missing:
            sys.exit(1)

    def _accept(self) -> None:
        head = actions.accept_trail(by=None, now=timezone.now())
        self.stdout.write(f"The trail counts from link {head.count} on. This is told in the trail too.")
