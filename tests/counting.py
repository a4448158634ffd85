"""How many questions a page asks the database."""

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

OF_THE_DOOR = ("django_session", "usersessions_usersession")


def queries_of(browser: Browser, url: str) -> list[str]:
    """The page's own queries: without savepoints, and without asking who stands at the door."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(url)
    assert answer.status_code == 200, answer.status_code
    said = [query["sql"] for query in captured.captured_queries]
    asked = [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    return [sql for sql in asked if not _is_of_the_door(sql)]


def _is_of_the_door(sql: str) -> bool:
    return any(table in sql for table in OF_THE_DOOR) or 'FROM "practice_user"' in sql
