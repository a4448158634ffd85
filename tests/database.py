"""The tests run as the product does: as a role that owns nothing, behind the wall of row-level security.

Arranging and looking are Towpath's own acts, so a test sees every row; a request or a command begins with nobody.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.base import BaseCommand
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from practice.database.roles import sign_in_as
from practice.people.acting import NOBODY, TOWPATH

APP = {key: settings.DATABASES["default"][key] for key in ("USER", "PASSWORD")}
"""The app's own sign-in, before anything changes it."""


def _say_who(name: str) -> None:
    if connection.connection is not None and not connection.needs_rollback:
        # a test that may not ask the database anything has nobody to say it to
        with suppress(RuntimeError), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('towpath.member', %s, false), set_config('towpath.caseload', '', false)",
                [name],
            )


def towpath_arranges(connection: Any, **_signal: Any) -> None:
    """For `connection_created`: whoever arranges sees every row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('towpath.member', %s, false)", [TOWPATH])


def _nobody_asks(**_signal: Any) -> None:
    _say_who(NOBODY)


def _towpath_looks(**_signal: Any) -> None:
    _say_who(TOWPATH)


@pytest.fixture(scope="session")
def django_db_setup(owner_first: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner has made the database and its tables; everything after that is done by the app's role."""
    with django_db_blocker.unblock():
        sign_in_as(APP)
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    connection_created.connect(towpath_arranges)
    request_started.connect(_nobody_asks)
    request_finished.connect(_towpath_looks)
    yield
    with django_db_blocker.unblock():
        sign_in_as(settings.DATABASE_OWNER or APP)


@pytest.fixture(scope="session")
def owner_first(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        sign_in_as(settings.DATABASE_OWNER or APP)


def _by_nobody(execute: Callable[..., Any]) -> Callable[..., Any]:
    """A command begins with nobody too, as it does outside of the tests."""

    @wraps(execute)
    def asked(self: BaseCommand, *args: Any, **options: Any) -> Any:
        _say_who(NOBODY)
        try:
            return execute(self, *args, **options)
        finally:
            _say_who(TOWPATH)

    return asked


BaseCommand.execute = _by_nobody(BaseCommand.execute)  # type: ignore[method-assign]


KEPT = ("django_migrations", "django_content_type", "auth_permission")
"""What the migrations wrote about the tables themselves: it is not emptied, so that it need not be written again."""


def _row_by_row(self: DatabaseOperations, style: Any, tables: Sequence[str], **_options: bool) -> list[str]:
    """Where a test left a few rows, taking them out is a hundred times as quick as new files for every table."""
    emptied = [self.quote_name(table) for table in tables if table not in KEPT]
    return [f"DELETE FROM {table}" for table in emptied]  # noqa: S608 - names from our own models


def _emptied_by_the_owner(self: DatabaseOperations, sql_list: Sequence[str]) -> None:
    """Between tests that commit: what nobody may empty, the owner empties with every trigger asleep."""
    owner = settings.DATABASE_OWNER or settings.DATABASES["default"]
    with psycopg.connect(
        dbname=self.connection.settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"] or None,
    ) as emptying:
        emptying.execute("SET session_replication_role = replica")
        emptying.execute("; ".join(sql_list).encode())


DatabaseOperations.sql_flush = _row_by_row  # type: ignore[method-assign,assignment] # in the tests alone
DatabaseOperations.execute_sql_flush = _emptied_by_the_owner  # type: ignore[method-assign,assignment]
