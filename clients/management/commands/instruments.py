"""`manage.py instruments check FILE…` · `list`: whether files of questionnaires can be used; which are in use here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clients.instruments import BadInstrument, Instrument, bundled, checked, load, offered
from clients.instruments.parsing import LARGEST_FILE


class Command(BaseCommand):
    help = "Check files of questionnaires (TOML or JSON), or list those that are here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["check", "list"])
        parser.add_argument("files", nargs="*", help="for check: the files to look at")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "list":
            return self._list()
        if not options["files"]:
            raise CommandError("Name at least one file.")
        bad = [name for name in options["files"] if not self._is_good(name)]
        if bad:
            raise CommandError(f"{len(bad)} of {len(options['files'])} cannot be used.")
        return None

    def _is_good(self, name: str) -> bool:
        try:
            with Path(name).open("rb") as file:
                instrument = checked(file.read(LARGEST_FILE + 1))
        except OSError as problem:
            self.stderr.write(f"{name}: {problem.strerror}")
            return False
        except BadInstrument as problem:
            for fault in problem.faults:
                self.stderr.write(f"{name}: {fault}")
            return False
        self.stdout.write(f"{name}: good. {_words(instrument)}")
        return True

    def _list(self) -> None:
        here = {instrument.key: instrument for instrument in offered()}
        for key in bundled():
            self.stdout.write(f"{'in use' if key in here else 'off   '}  {_words(load(key))}")
        for key, instrument in here.items():
            if key not in bundled():
                self.stdout.write(f"in use  {_words(instrument)} (a file of this practice)")


def _words(instrument: Instrument) -> str:
    return (
        f"{instrument.key} {instrument.version} {instrument.language}, tier {instrument.tier}: {instrument.name}, "
        f"{len(instrument.items)} questions, {instrument.licence}"
    )
