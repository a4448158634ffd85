"""A client with walks ahead, and a decision that no longer carries them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clients.models import Client
from clients.rescreening.actions import tell_change
from practice.models import Member
from sessions.booking import actions as booking
from sessions.models import Route, TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def mover(client_person: Client, clinician: Member) -> Client:
    """In the care of `clinician`, cleared for walking and running until 10 August."""
    for mode in ("walk", "run"):
        ClearanceFactory(client=client_person, mode=mode, decided_by=clinician)
    return client_person


@pytest.fixture
def route(db: None) -> Route:
    found: Route = RouteFactory(name="Towpath loop", meeting_place="Lock keeper's cottage")
    return found


@pytest.fixture
def book(mover: Client, clinician: Member) -> Callable[..., TherapySession]:
    """Books a walk so many days after MONDAY_NOON, unless told otherwise."""

    def do(days: int = 1, **facts: Any) -> TherapySession:
        usual = {
            "client": mover,
            "clinician": clinician,
            "mode": "walk",
            "place": "outdoors",
            "starts_at": MONDAY_NOON + days * DAY,
            "minutes": 50,
            "pace": "chat",
            "by": clinician,
            "now": MONDAY_NOON,
        }
        return booking.book_session(**{**usual, **facts})

    return do


@pytest.fixture
def hold(mover: Client, clinician: Member) -> Callable[..., Any]:
    """Something has changed: moving is on hold from an hour after MONDAY_NOON on."""
    return lambda now=MONDAY_NOON + HOUR: tell_change(client=mover, kind="injury", by=clinician, now=now)


def again(session: TherapySession) -> TherapySession:
    """The session as the database has it now."""
    return TherapySession.objects.select_related("client", "clinician", "route").get(pk=session.pk)


def states(*sessions: TherapySession) -> list[str]:
    return [again(session).state for session in sessions]
