"""Two clinicians, each with a client who has something in every table; and a door to PostgreSQL of one's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from practice.people.acting import acting_as

Ask = Callable[..., list[Any]]


@pytest.fixture
def ask() -> Callable[[str], list[Any]]:
    """The rows that the app's role gets for a statement, whoever acts just now."""

    def rows(sql: str, *values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    return rows


@pytest.fixture
def as_(db: None) -> Callable[[Any], Any]:
    """`with as_(member):` the member acts now."""
    return lambda member: acting_as(member, now=timezone.now())


@contextmanager
def signed_in(owner: bool = False) -> Iterator["psycopg.Connection[Any]"]:
    """A connection beside Django's, for what other people have written down already."""
    role: dict[str, Any] = (settings.DATABASE_OWNER if owner else None) or settings.DATABASES["default"]
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"],
        user=role["USER"],
        password=role["PASSWORD"],
        host=role["HOST"],
        port=role["PORT"] or None,
    ) as opened:
        yield opened
