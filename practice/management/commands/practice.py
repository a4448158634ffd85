"""`manage.py practice found --name N --owner-email E --owner-name N`: begin a real practice."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from practice.env import text
from practice.people.actions import admit_member, found_practice
from practice.people.roles import Role
from practice.web.refusals import Refused


class Command(BaseCommand):
    help = "Found the practice of this installation, and let its owner, who may also treat clients, in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["found"])
        parser.add_argument("--name", required=True, help="the practice's name")
        parser.add_argument("--owner-email", required=True)
        parser.add_argument("--owner-name", required=True)
        parser.add_argument("--treats-clients", action="store_true", help="the owner is a clinician too")

    def handle(self, *args: Any, **options: Any) -> None:
        password = text("TOWPATH_OWNER_PASSWORD", default="") or getpass("A password for the owner: ")
        roles = [Role.OWNER, *([Role.CLINICIAN] if options["treats_clients"] else [])]
        now = timezone.now()
        try:
            with transaction.atomic():
                found_practice(name=options["name"], time_zone=settings.TIME_ZONE, is_demo=False, now=now)
                admit_member(
                    email=options["owner_email"],
                    name=options["owner_name"],
                    roles=roles,
                    password=password,
                    by=None,
                    now=now,
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['name']} is founded; {options['owner_email']} may sign in.")
