"""Statements that PostgreSQL plans once for a connection: behind the wall, planning costs more than doing."""

from typing import cast

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


def prepared_cursor() -> CursorWrapper:
    """A cursor whose values travel beside the statement; psycopg prepares one that comes again and again.

    For the few statements whose words never change. Everything else goes through Django's own cursor.
    """
    connection.ensure_connection()
    bare = ServerBindingCursor(connection.connection)  # type: ignore[call-arg] # the stubs do not know whose cursor it is
    return cast(CursorWrapper, connection._prepare_cursor(bare))  # type: ignore[attr-defined] # what connection.cursor() is made of
