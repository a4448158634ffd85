"""A progress summary from the command line: the same document as the page makes."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.record.models import Client
from clients.record.querysets import Reach
from practice.people.acting import acting_as, beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.summaries import actions
from sessions.summaries.models import Summary


class Command(BaseCommand):
    help = "Write a client's progress summary as a PDF. Acts as the client's primary clinician, or as --as."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="the client's reference, such as TP-0001")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="first day, YYYY-MM-DD")
        parser.add_argument("--until", type=date.fromisoformat, required=True, help="last day, YYYY-MM-DD")
        parser.add_argument(
            "--audience", choices=Summary.Audience.values, default=Summary.Audience.SUPERVISION
        )
        parser.add_argument("--out", type=Path, required=True, help="where to write the PDF")
        parser.add_argument("--as", dest="email", default="", help="e-mail address of the member who asks")
        parser.add_argument("--plan", default="", help="the plan, one line for each step")
        parser.add_argument("--questions", default="", help="questions, one line for each")

    def handle(self, *args: Any, **options: Any) -> None:
        by, now = _member(options["reference"], options["email"]), timezone.now()
        asked = {name: options[name] for name in ("since", "until", "audience", "plan", "questions")}
        try:
            with acting_as(by, now=now):
                client = _client(options["reference"], by)
                summary = actions.begin_summary(client=client, **asked, by=by, now=now)
            made = actions.make_summary(summary, self._tell, now=now)
            with acting_as(by, now=now):
                content = actions.hand_out(summary=made, by=by, now=now)
        except Refused as no:
            raise CommandError(str(no)) from no
        _write(options["out"], content)
        self.stdout.write(f"{options['out']} · version {made.version} · {made.pages} pages · {made.sha256}")

    def _tell(self, percent: int, step: str) -> None:
        self.stderr.write(f"{percent:3} % {step}")


def _member(reference: str, email: str) -> Member:
    """The member with this address, else the client's primary clinician. Raises CommandError for nobody."""
    rows = Member.objects.filter(is_active=True)
    if email:
        found = rows.filter(user__email=email.strip().lower()).first()
    else:
        with beyond_the_wall("whoever has this machine asks for it, as the clinician who treats the client"):
            found = rows.filter(
                caseload__client__reference=reference, caseload__part="primary", caseload__until=None
            ).first()
    if found is None:
        raise CommandError("Nobody to act as: name an active member with --as.")
    return found


def _client(reference: str, by: Member) -> Client:
    """The client with this reference. Raises CommandError where `by` could not have the summary on a page either."""
    rows = Client.objects.visible_to(by).in_care_of(by, Reach.HAND_OUT)
    client = rows.filter(reference=reference).first()
    if client is None or not by.may(Permission.EXPORT_SUMMARY):
        raise CommandError("There is no such client in the care of this member.")
    return client


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
        path.chmod(0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
