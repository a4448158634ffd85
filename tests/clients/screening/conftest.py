"""A screening in every state."""

import pytest

from clients.screening import actions
from tests.clients.screening.answering import handed_in
from tests.factories import MONDAY_NOON


@pytest.fixture
def asked(client_person, clinician):
    """An intake waiting for the client."""
    return actions.ask_screening(client=client_person, purpose="intake", by=clinician, now=MONDAY_NOON)


@pytest.fixture
def submitted(client_person, clinician):
    """An intake handed in with quiet answers."""
    return handed_in(client_person, clinician)


@pytest.fixture
def alert(asked, client_person):
    """A safety answer in an intake that goes on."""
    response = asked.responses.get(instrument="phq9")
    return actions.answer(response=response, item="q9", value=1, by=client_person.member, now=MONDAY_NOON)
