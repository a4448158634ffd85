"""`manage.py tombstones replay`: after an older backup was restored, let those go again who were erased."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.lifecycle import tombstones
from clients.lifecycle.actions.erasing import erase_again
from clients.models import Client
from practice.people.acting import beyond_the_wall


class Command(BaseCommand):
    help = (
        "replay: erase again every client that the file outside the database says was erased. "
        "list: say who that would be. write: bring the file up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["replay", "list", "write"])

    def handle(self, *args: Any, **options: Any) -> None:
        {"replay": self._replay, "list": self._list, "write": self._write}[options["verb"]]()

    def _replay(self) -> None:
        said, bad = _read()
        again = sum(erase_again(line=line, now=timezone.now()) for line in said)
        with beyond_the_wall("the file holds every tombstone"):
            tombstones.append_missing()
        self.stdout.write(f"{len(said)} tombstones, {again} erased again.")
        _complain(bad)

    def _list(self) -> None:
        said, bad = _read()
        with beyond_the_wall("nobody asks"):
            there = set(
                Client.objects.filter(uid__in=[line.client for line in said]).values_list("uid", flat=True)
            )
        for uid in sorted(map(str, there)):
            self.stdout.write(uid)
        self.stdout.write(f"{len(said)} tombstones, {len(there)} of them are in the database again.")
        _complain(bad)

    def _write(self) -> None:
        with beyond_the_wall("the file holds every tombstone"):
            self.stdout.write(f"{tombstones.append_missing()} tombstones written.")


def _read() -> tuple[list[tombstones.Line], list[tombstones.BadLine]]:
    found = list(tombstones.lines())
    said = [line for line in found if isinstance(line, tombstones.Line)]
    return said, [line for line in found if isinstance(line, tombstones.BadLine)]


def _complain(bad: list[tombstones.BadLine]) -> None:
    """A line that nobody can read may name somebody who was erased, so this is not a success."""
    if bad:
        raise CommandError(
            f"{tombstones.path()}: {', '.join(map(str, bad))} cannot be read. The others were."
        )
