"""`manage.py migrate`: Django's own, as the role that owns the tables; then the wall in front of the other role."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from practice.audit import triggers
from practice.database import roles, wall

TWO_ROLES = (
    "{why}, so row-level security would stop nothing. Make two roles as docs/operations.md says, and name the one that "
    "owns the tables in DATABASE_OWNER_URL and the other in DATABASE_URL."
)


class Command(Migrate):
    help = "Bring the tables up to date as their owner, and put up the wall of row-level security."

    def handle(self, *args: Any, **options: Any) -> None:
        with roles.as_owner():
            with connection.cursor() as cursor:
                roles.tell_app_role(cursor)
                roles.tell_app_role_of_older_tables(cursor)
            super().handle(*args, **options)
            if not options["app_label"] and not options["plan"] and not options["check_unapplied"]:
                self._build_the_wall()

    def _build_the_wall(self) -> None:
        with connection.cursor() as cursor:
            wall.build(cursor, connection.ops.quote_name(roles.owner_role()))
            triggers.build(cursor)
            why = roles.why_the_wall_does_not_stand(cursor)
        if why and not settings.DEMO:
            raise CommandError(TWO_ROLES.format(why=why))
