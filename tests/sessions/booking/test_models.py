"""What must never be false about a session, even for raw SQL."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import MONDAY_NOON, SessionFactory

pytestmark = pytest.mark.django_db


def break_it(session, change):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE therapy_sessions_therapysession SET {change} WHERE id = %s", [session.pk])  # noqa: S608 - a change that the test itself writes


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("session_ends_after_it_starts", "ends_at = starts_at"),
        ("session_is_inside_its_busy_time", "busy_until = ends_at - interval '1 minute'"),
        ("moving_session_stands_on_a_clearance", "clearance_id = NULL, state = 'on_hold', held_at = now()"),
        ("moving_session_is_outdoors_with_a_pace", "place = 'office'"),
        ("moving_session_is_outdoors_with_a_pace", "pace = ''"),
        ("session_closed_at_and_by_go_with_its_state", "state = 'completed'"),
        ("session_closed_at_and_by_go_with_its_state", "closed_at = now()"),
    ],
)
def test_a_walk_keeps_its_shape(name, change):
    with pytest.raises(IntegrityError, match=name):
        break_it(SessionFactory(walk=True), change)


def test_a_clinician_is_in_one_place_at_a_time():
    first: Any = SessionFactory()
    second = SessionFactory(clinician=first.clinician, starts_at=MONDAY_NOON + timedelta(hours=2))

    with pytest.raises(IntegrityError, match="clinician_is_in_one_place_at_a_time"):
        break_it(second, "busy_from = busy_from - interval '90 minutes'")


def test_a_client_is_in_one_place_at_a_time():
    first: Any = SessionFactory()
    second = SessionFactory(client=first.client, starts_at=MONDAY_NOON + timedelta(hours=2))

    with pytest.raises(IntegrityError, match="client_is_in_one_place_at_a_time"):
        break_it(second, "busy_from = busy_from - interval '90 minutes'")


def test_one_may_begin_as_the_other_ends():
    first: Any = SessionFactory()

    second: Any = SessionFactory(clinician=first.clinician, client=first.client, starts_at=first.ends_at)

    assert second.pk
