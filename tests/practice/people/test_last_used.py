"""When a device was last used is noted without a write for every page."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_a_device_is_noted_once_it_is_used(browser_of, clinician):
    browser_of(clinician).get("/style/")

    assert UserSession.objects.filter(user=clinician.user).count() == 1


def test_the_next_page_writes_nothing(browser_of, clinician):
    browser = browser_of(clinician)
    browser.get("/style/")

    with CaptureQueriesContext(connection) as asked:
        browser.get("/style/")

    reading = ("SELECT", "SAVEPOINT", "RELEASE")
    assert [query["sql"] for query in asked if not query["sql"].startswith(reading)] == []
