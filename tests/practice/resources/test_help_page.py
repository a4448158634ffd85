"""The page that must always open: written out after each change, read without the database, shipped text without a file."""

import json
import os
import subprocess
import sys
from threading import Barrier, Thread

import pytest
from django.conf import settings as project
from django.db import connection, connections
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from practice.models import Resource
from practice.resources import actions, publishing
from practice.web.helplines import COUNTRIES, anywhere, countries, folder
from tests.counting import own_questions
from tests.factories import MONDAY_NOON, MemberFactory, PracticeFactory

PAGE = "/help-now/"


def shown() -> str:
    return Browser().get(PAGE).content.decode()


@pytest.fixture
def written(table, django_capture_on_commit_callbacks):
    """Do something and let what follows a commit happen."""

    def do(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return do


def test_without_a_file_it_says_what_was_shipped():
    assert not folder().exists()

    page = shown()

    for country in COUNTRIES:
        for line in country.lines:
            assert f'href="{line.href}"' in page


def test_a_change_is_on_the_page_once_it_is_committed(written, owner, line_of):
    written(lambda: actions.add_resource(words=line_of(), by=owner, now=MONDAY_NOON))

    assert "Night line" in shown()
    assert "Night line" in (folder() / "index.html").read_text()


def test_what_is_put_away_leaves_the_page(written, owner, table):
    frank = table.get(name="FRANK")
    assert "FRANK" in shown()

    written(lambda: actions.archive_resource(resource=frank, by=owner, now=MONDAY_NOON))

    assert "FRANK" not in shown()


def test_a_change_that_was_taken_back_is_not(written, owner, table):
    row = table.get(country="GB", need="emergency")

    def try_it():
        with pytest.raises(actions.HelpPageWouldBeEmpty):
            actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)

    written(try_it)

    assert 'href="tel:999"' in shown()


def test_it_asks_the_database_nothing_once_it_is_written(written, owner, line_of, browser_of):
    written(lambda: actions.add_resource(words=line_of(), by=owner, now=MONDAY_NOON))
    browser = browser_of(owner)

    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(PAGE)

    assert "Night line" in answer.content.decode()
    assert own_questions(captured) == []


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"home": "GB", "rows": [{"name": "x"}]}', '{"home": "GB", "rows": []}']
)
def test_a_damaged_file_gives_the_shipped_page(damage):
    folder().mkdir()
    (folder() / "rows.json").write_text(damage)

    assert 'href="tel:999"' in shown()


def test_it_opens_while_the_database_is_down_with_and_without_a_file(home, table):
    """A process of its own, whose database is not there: the product's own answer, nothing of the test's."""
    Resource.objects.filter(name="Shout").update(name="Night text")
    publishing.publish()

    said = in_a_process_without_a_database(home)

    assert said.splitlines()[-2:] == ["200 True False", "200 True True"]


ASK_TWICE = """
import django
from django.conf import settings
from django.test import Client
django.setup()
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
written = settings.HELP_FOLDER
for folder in (written / "nothing here", written):
    settings.HELP_FOLDER = folder
    answer = Client(SERVER_NAME="localhost").get("/help-now/")
    page = answer.content.decode()
    print(answer.status_code, "tel:999" in page, "Night text" in page)
"""


def in_a_process_without_a_database(home) -> str:
    """What the page says without a file, then with the one that was written; a line each."""
    gone = {
        "DATABASE_URL": "postgresql://nobody:x@/nowhere?host=/nowhere",
        "DATABASE_OWNER_URL": "",
        "TOWPATH_HOME": str(home),
        "TOWPATH_HTTPS": "false",
        "DJANGO_SETTINGS_MODULE": "practice.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK_TWICE],
        env={**os.environ, **gone},
        cwd=project.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr + done.stdout


def test_the_country_of_the_practice_comes_first(table):
    practice = PracticeFactory()
    practice.country = "IE"
    practice.save()
    publishing.publish()

    first = countries()[0]

    assert first.code == "IE"
    assert [line.number for line in first.emergencies] == ["112", "999"]


def test_a_country_of_the_union_without_rows_has_the_number_of_the_union(table):
    practice = PracticeFactory()
    practice.country = "IT"
    practice.save()
    publishing.publish()

    assert countries()[0].code == "IT"
    assert countries()[0].emergency == "112"


def test_a_country_that_nobody_wrote_about_gets_the_others(table):
    practice = PracticeFactory()
    practice.country = "IN"
    practice.save()
    publishing.publish()

    assert countries()[0].code != "IN"
    assert shown()


def test_what_serves_everybody_stands_apart(table):
    publishing.publish()

    assert [country.code for country in anywhere()] == ["EU", ""]
    assert 'href="https://findahelpline.com" rel="noreferrer noopener"' in shown()


def test_the_file_is_whole_or_not_there(table, monkeypatch):
    publishing.publish()
    before = (folder() / "rows.json").read_text()
    Resource.objects.filter(name="Shout").update(name="Night text")
    monkeypatch.setattr(os, "replace", _no_space)

    assert publishing.publish() is False
    assert (folder() / "rows.json").read_text() == before
    assert not publishing.is_current()


def _no_space(*_paths):
    raise OSError(28, "No space left on device")


def test_a_folder_that_cannot_be_written_stops_neither_change_nor_start(home, written, owner, line_of):
    (home / "help-now").write_text("in the way")

    added = written(lambda: actions.add_resource(words=line_of(), by=owner, now=MONDAY_NOON))
    publishing.redraw_page()

    assert added.pk
    assert not publishing.is_current()


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_at_once_the_file_ends_with_the_newest(line_of):
    PracticeFactory()
    owner = MemberFactory(roles=["owner"])
    together = Barrier(4)

    def add(number: int) -> None:
        together.wait()
        try:
            actions.add_resource(words=line_of(name=f"Line {number}"), by=owner, now=MONDAY_NOON)
        finally:
            connections.close_all()

    threads = [Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    names = {row["name"] for row in json.loads((folder() / "rows.json").read_text())["rows"]}
    assert {f"Line {number}" for number in range(4)} <= names
    assert publishing.is_current()
