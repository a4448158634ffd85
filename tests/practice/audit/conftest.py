"""A home of its own for each test, so that its file of heads is the test's; and the owner of the tables, for attacks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from practice.database.roles import as_owner
from practice.encryption import keys
from tests.factories import MONDAY_NOON

ATTACKS = """
CREATE OR REPLACE FUNCTION attack_asleep(sql text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET session_replication_role = replica AS $$ BEGIN EXECUTE sql; END $$;
CREATE OR REPLACE FUNCTION attack_awake(sql text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  AS $$ BEGIN EXECUTE sql; END $$;
"""


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.TOWPATH_HOME = tmp_path
    keys.forget()
    return tmp_path


@pytest.fixture
def now():
    return MONDAY_NOON


@pytest.fixture(scope="session")
def _owner_at_hand(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Within a test's own transaction the owner of the tables can be asked for anything."""
    with django_db_blocker.unblock(), as_owner(), connection.cursor() as cursor:
        cursor.execute(ATTACKS)
    yield
    with django_db_blocker.unblock(), as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION attack_asleep; DROP FUNCTION attack_awake")


@pytest.fixture
def as_superuser(_owner_at_hand: None, db: None) -> Callable[..., None]:
    """Somebody who may do anything in the database, with every trigger asleep."""

    def run(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT attack_asleep(%s)", [sql % values])

    return run


@pytest.fixture
def as_owner_of_the_tables(_owner_at_hand: None, db: None) -> Callable[..., None]:
    """Whoever owns the tables, with the triggers awake."""

    def run(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT attack_awake(%s)", [sql % values])

    return run
