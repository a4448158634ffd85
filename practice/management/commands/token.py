"""`manage.py token create --email E --scope runs`: make an API token; its text is the last line printed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from practice.people.models import Member
from practice.people.tokens import SCOPES, WEIGHTY, create_token
from practice.web.refusals import Refused


class Command(BaseCommand):
    help = "Make an API token for a member. The token is shown once, as the last line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["create"])
        parser.add_argument("--email", required=True)
        scopes = f"one of: {', '.join(SCOPES)}; on top of one, to sign or to export: {', '.join(WEIGHTY)}"
        parser.add_argument("--scope", action="append", required=True, help=scopes)
        parser.add_argument("--name", default="made on the command line")

    def handle(self, *args: Any, **options: Any) -> None:
        member = Member.objects.filter(user__email=options["email"].strip().lower(), is_active=True).first()
        if member is None:
            raise CommandError("No active member signs in with that e-mail address.")
        try:
            token, text = create_token(
                member=member, scopes=options["scope"], name=options["name"], now=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Scopes: {', '.join(token.scopes)}. Ends: {token.expires_at:%Y-%m-%d}.")
        self.stdout.write(text)
