"""How many questions a page asks the database."""

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

OF_THE_DOOR = ("django_session", "usersessions_usersession", "towpath_act(", "set_config('towpath.")
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def queries_of(browser: Browser, url: str) -> list[str]:
    """The page's own queries: without savepoints, and without asking who stands at the door."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(url)
    assert answer.status_code == 200, answer.status_code
    return [sql for sql in own_questions(captured) if 'FROM "practice_user"' not in sql]


def own_questions(captured: CaptureQueriesContext) -> list[str]:
    """What was asked beside the frame of the transaction and who acts in it."""
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if not sql.startswith(FRAME) and not _is_of_the_door(sql)]


def _is_of_the_door(sql: str) -> bool:
    return any(words in sql for words in OF_THE_DOOR)
