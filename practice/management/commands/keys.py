"""`manage.py keys show|rotate|check`: which keys wrap the records, hand them over to a new one, open all of them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from practice.encryption import keys
from practice.encryption.actions import rotate
from practice.encryption.checking import check_everything
from practice.encryption.models import DataKey
from practice.encryption.problems import KeyMissing
from practice.encryption.starting import keys_by_kek, why_records_stay_shut
from practice.people.acting import beyond_the_wall


class Command(BaseCommand):
    help = "Look after the keys that seal the records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "verb",
            choices=["show", "rotate", "check"],
            help="show: how many records each key wraps; rotate: hand all of them over to TOWPATH_KEY; "
            "check: open every value and list those that will not open",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        {"show": self._show, "rotate": self._rotate, "check": self._check}[options["verb"]]()

    def _show(self) -> None:
        counts, ring = keys_by_kek(), keys.keyring()
        for place, kek in enumerate(ring.fingerprints):
            name = "TOWPATH_OLD_KEYS" if place else "TOWPATH_KEY"
            self.stdout.write(f"{kek}  {name:<17} wraps {counts.pop(kek, 0)}")
        for kek, count in counts.items():
            self.stdout.write(f"{kek}  not given here   wraps {count}")
        destroyed = DataKey.objects.exclude(destroyed_at=None).count()
        self.stdout.write(f"{destroyed} destroyed")

    def _rotate(self) -> None:
        try:
            bent = rotate(now=timezone.now(), tell=self._tell_rotated)
        except KeyMissing as missing:
            raise CommandError(why_records_stay_shut()) from missing
        if bent:
            raise CommandError(
                f"{len(bent)} keys are damaged and stay as they are: {', '.join(map(str, bent))}. Restore them from a "
                "backup; the keys in TOWPATH_OLD_KEYS must stay until then."
            )
        self.stdout.write(
            f"Everything is wrapped with {keys.keyring().current.fingerprint}. TOWPATH_OLD_KEYS may be taken away from "
            "here; backups made before today still need those keys."
        )

    def _tell_rotated(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total} keys handed over")
        self.stdout.flush()

    def _check(self) -> None:
        with beyond_the_wall("every sealed value of every record is opened"):
            findings = check_everything(tell=self._tell_checked)
        for damage in findings.damaged:
            self.stdout.write(f"damaged: {damage.table}.{damage.field} of row {damage.row}")
        said = f"{findings.opened} values open, {findings.erased} were erased for good"
        if findings.damaged:
            raise CommandError(
                f"{said}, {len(findings.damaged)} ARE DAMAGED. Restore those rows from a backup."
            )
        self.stdout.write(f"{said}, none is damaged.")

    def _tell_checked(self, table: str, done: int, total: int) -> None:
        self.stdout.write(f"{table}: {done} of {total} rows")
        self.stdout.flush()
