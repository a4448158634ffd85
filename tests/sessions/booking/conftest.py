"""A client who may walk, and what booking them takes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clients.models import Client
from practice.models import Member
from sessions.booking import actions
from sessions.models import TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory

TOMORROW = MONDAY_NOON + timedelta(days=1)


@pytest.fixture
def walker(client_person: Client) -> Client:
    """A client in the care of `clinician`, cleared for walking until 10 August."""
    ClearanceFactory(client=client_person)
    return client_person


@pytest.fixture
def book(walker: Client, clinician: Member) -> Callable[..., TherapySession]:
    """Books a walk for tomorrow noon, seen from MONDAY_NOON, unless told otherwise."""

    def do(**facts: Any) -> TherapySession:
        usual = {
            "client": walker,
            "clinician": clinician,
            "mode": "walk",
            "place": "outdoors",
            "starts_at": TOMORROW,
            "minutes": 50,
            "pace": "chat",
            "by": clinician,
            "now": MONDAY_NOON,
        }
        return actions.book_session(**{**usual, **facts})

    return do


@pytest.fixture
def sit(book: Callable[..., TherapySession]) -> Callable[..., TherapySession]:
    """Books a sitting session at the practice."""
    return lambda **facts: book(**{"mode": "sit", "place": "office", "pace": "", **facts})


@pytest.fixture
def route(db: None) -> Any:
    return RouteFactory(name="Towpath loop", meeting_place="Lock keeper's cottage")
