"""The API served in this process, and a small world for it to speak about."""

from typing import Any

import pytest
from django.core import signals
from django.db import close_old_connections
from django.utils import timezone

from practice.people.tokens import SCOPES, create_token
from tests.factories import (
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    NoteFactory,
    RouteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)


@pytest.fixture
def one_connection():
    """Requests answered in this thread use the test's own database connection, and leave it open."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(practice):
    """One of everything; people by role, and the public ids of the rows by endpoint."""
    people = {role: MemberFactory(roles=[role]) for role in ("owner", "clinician", "supervisor", "reception")}
    client = ClientFactory(portal=True, treated_by=people["clinician"])
    people["client"] = client.member
    route = RouteFactory(added_by=people["clinician"])
    done = SessionFactory(client=client, clinician=people["clinician"], completed=True)
    rows: dict[str, Any] = {
        "clients": client,
        "routes": route,
        "sessions": done,
        "notes": NoteFactory(session=done),
        "clearances": ClearanceFactory(client=client, decided_by=people["clinician"]),
        "screenings": ScreeningFactory(client=client, asked_by=people["clinician"]),
        "runs": RunLogFactory(client=client),
    }
    return people, {name: str(row.uid) for name, row in rows.items()}


@pytest.fixture
def token_of(world):
    """A token with every scope for the member of a role."""

    def make(role):
        return create_token(member=world[0][role], scopes=list(SCOPES), name="fuzz", now=timezone.now())[1]

    return make
