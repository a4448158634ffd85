"""An intake that waits, and how to pass its pages."""

from datetime import date

import pytest
from django.utils import timezone

from clients.intake import actions
from clients.intake.screens import tasks_of
from clients.screening.actions import ask_screening

BORN = date(1988, 3, 27)
SAID = {"date": "1988-03-27", "phone": "01632 960002", "choice": "no", "line": "Mo", "words": "Sleep again."}


def tell_all(screening, by, now=None):
    """Pass every page of every section."""
    for task in tasks_of(screening):
        for told in task.told:
            actions.tell(
                screening=screening,
                section=task.key,
                ask=told.ask.key,
                answer=SAID[told.ask.kind],
                by=by,
                now=now or timezone.now(),
            )


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def intake(client_person, clinician, now):
    return ask_screening(client=client_person, purpose="intake", by=clinician, now=now)


@pytest.fixture
def short(client_person, clinician, now):
    """An intake with one questionnaire."""
    return ask_screening(client=client_person, purpose="intake", instruments=["phq9"], by=clinician, now=now)


@pytest.fixture
def born(client_person):
    """The client, with a date of birth in the record."""
    client_person.born_on = BORN
    client_person.save()
    return client_person


@pytest.fixture
def own(browser_of, client_person):
    return browser_of(client_person.member)
