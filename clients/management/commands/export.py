"""`manage.py export practice --out FILE` · `verify FILE` · `open FILE --out ZIP`: everything, for a move."""

import os
import shutil
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.lifecycle.actions import write_practice
from clients.lifecycle.bundle import NotWhole, check
from clients.lifecycle.sealed_file import NotOurs, Sealer, is_sealed, lock_for, new_passphrase, opened
from practice.audit import record
from practice.env import text
from practice.people.acting import beyond_the_wall
from practice.people.models import Practice

PASSPHRASE = "TOWPATH_EXPORT_PASSPHRASE"  # noqa: S105 - the name of the setting


class Command(BaseCommand):
    help = "Write everything of the practice into one sealed file; check such a file, or any ZIP of ours; open it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["practice", "verify", "open"])
        parser.add_argument(
            "file", nargs="?", help=f"for verify and open; its passphrase comes from {PASSPHRASE}"
        )
        parser.add_argument("--out", help="where to write; a file that is there already is never overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        doing = {"practice": self._practice, "verify": self._verify, "open": self._open}
        try:
            doing[options["verb"]](options)
        except FileExistsError as problem:
            raise CommandError(f"{problem.filename} is there already; choose another name.") from problem
        except (OSError, NotWhole, NotOurs) as problem:
            raise CommandError(f"This did not work: {problem}.") from problem

    def _practice(self, options: dict[str, Any]) -> None:
        """The last line printed is the passphrase; it is kept nowhere."""
        passphrase = new_passphrase()
        with _new_file(options) as file:
            sealer = Sealer(lock_for(passphrase), file.write)
            write_practice(out=cast("IO[bytes]", sealer), tell=self._tell, now=timezone.now())
            sealer.close()
        with beyond_the_wall("whoever has this machine asks for it"):
            practice = Practice.objects.first()
            if practice is not None:
                record("practice_export_made", on=practice, by=None, at=timezone.now())
        self.stdout.write("Written. Without this passphrase nobody opens it; it is shown only here:")
        self.stdout.write(passphrase)

    def _tell(self, percent: int, step: str) -> None:
        self.stderr.write(f"{percent} % {step}")

    def _verify(self, options: dict[str, Any]) -> None:
        with _old_file(options) as file:
            manifest = check(_plain(file))
        self.stdout.write(
            f"All {len(manifest['files'])} files are as they were written on {manifest['made_at']}."
        )

    def _open(self, options: dict[str, Any]) -> None:
        with _old_file(options) as file:
            plain = _plain(file)
            check(plain)
            plain.seek(0)
            with _new_file(options) as out:
                shutil.copyfileobj(plain, out)
        self.stdout.write("Opened. From now on nothing protects it but you.")


def _old_file(options: dict[str, Any]) -> IO[bytes]:
    if not options["file"]:
        raise CommandError("Say which file.")
    return Path(options["file"]).open("rb")


def _new_file(options: dict[str, Any]) -> IO[bytes]:
    """A file that was not there, readable by its owner alone."""
    if not options["out"]:
        raise CommandError("Say where to write it: --out FILE.")
    return os.fdopen(os.open(options["out"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _plain(file: IO[bytes]) -> IO[bytes]:
    if not is_sealed(file):
        return file
    passphrase = text(PASSPHRASE, default="") or getpass("The passphrase: ")
    return opened(file, passphrase)
