"""Which of many queries find anything: asked in one statement."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def which_find(queries: Sequence[QuerySet[Any, Any]]) -> list[bool]:
    """For each query whether it finds a row."""
    asked = [_exists(query) for query in queries]
    if not asked:
        return []
    with connection.cursor() as cursor:
        statement = "SELECT " + ", ".join(sql for sql, _params in asked)
        cursor.execute(statement, [value for _sql, params in asked for value in params])
        return list(cursor.fetchone())


def _exists(query: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    try:
        sql, params = query.query.exists().get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return "false", ()
    return f"EXISTS({sql})", params
