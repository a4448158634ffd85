"""Somebody who may break the glass, and a clock that stands still."""

import pytest

from clients.emergency import actions
from tests.factories import MONDAY_NOON


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)
    return time_machine


@pytest.fixture
def helper(colleague):
    """A clinician outside the care team with the right by name."""
    colleague.rights = ["break_glass"]
    colleague.save()
    return colleague


@pytest.fixture
def opened(client_person, helper, owner):
    """An emergency access that is open."""
    return actions.break_glass(
        client=client_person, reason="crisis", words="They rang the desk", by=helper, now=MONDAY_NOON
    )
