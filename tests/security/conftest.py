"""One filled database for a whole file; each test is rolled back to it."""

import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests.factories import MONDAY_NOON
from tests.security.callers import Callers
from tests.security.town import Town, build


@pytest.fixture(scope="module")
def at_noon() -> Iterator[None]:
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture(scope="module")
def silence() -> Iterator[None]:
    """Thousands of refusals are the purpose here, not news."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def room(at_noon, silence, django_db_setup, django_db_blocker) -> Iterator[None]:
    """A transaction around all tests of a file: what is filled in here is there for each, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def town(room) -> Town:
    return build()


@pytest.fixture(scope="module")
def callers(town) -> Callers:
    return Callers(town.people)
