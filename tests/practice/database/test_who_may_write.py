"""T12: reading is wider than writing. Raw SQL by those who read a record and do not treat, into every table of it."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from clients.models import BreakGlass
from practice.database import wall
from practice.people.acting import acting_as, beyond_the_wall
from tests.factories import MemberFactory
from tests.security.town import build

FIRST = 'SELECT id, to_jsonb(t) FROM "{0}" t ORDER BY id LIMIT 1'
ADD = 'INSERT INTO "{0}" SELECT (jsonb_populate_record(NULL::"{0}", %s::jsonb)).*'
CHANGE = 'UPDATE "{0}" SET id = id WHERE id = %s'
REMOVE = 'DELETE FROM "{0}" WHERE id = %s'
pytestmark = pytest.mark.django_db
ROLES = ("client", "supervisor", "emergency")
OF_THE_CLIENT = {
    "clients_consentdraft",
    "clients_draft",
    "clients_emergencycontact",
    "clients_intakesheet",
    "clients_resumelink",
    "clients_runlog",
}
TOLD_BY_THE_CLIENT = {"clients_rescreen", "clients_safetyalert", "clients_screening"}
MAY_ADD: dict[str, set[str]] = {
    "client": OF_THE_CLIENT
    | TOLD_BY_THE_CLIENT
    | {"clients_clearance", "clients_consent", "clients_response"},
    "supervisor": {"clients_clearance", "therapy_sessions_summary"},
    "emergency": {
        "clients_clearance",
        "clients_rescreen",
        "clients_safetyalert",
        "therapy_sessions_addendum",
    },
}
"""What whoever does not treat adds all the same. Of clearances only holds by rule: the row copied here is one. The note
copied here is somebody else's; one of their own: tests/sessions/notes/test_database.py."""
MAY_CHANGE: dict[str, set[str]] = {
    "client": OF_THE_CLIENT | TOLD_BY_THE_CLIENT | {"clients_letter", "therapy_sessions_therapysession"},
    "supervisor": set(),
    "emergency": {"clients_safetyalert"},
}
MAY_REMOVE: dict[str, set[str]] = {"client": OF_THE_CLIENT, "supervisor": set(), "emergency": set()}


@pytest.fixture
def town(db):
    return build()


@pytest.fixture
def people(town):
    """Who reads the record of our client and does not treat them."""
    helper = MemberFactory(rights=["break_glass"])
    now = timezone.now()
    with beyond_the_wall("a test"):
        BreakGlass.objects.create(
            client=town.ours.client,
            member=helper,
            reason="crisis",
            opened_at=now,
            until=now + timedelta(hours=1),
        )
    return {"client": town.people["client"], "supervisor": town.people["supervisor"], "emergency": helper}


@pytest.fixture
def rows(town):
    """A row of each table that leads to our client, the first of the town: its key, and itself as JSON."""
    found = {}
    for table in wall.ways_to_a_client():
        with connection.cursor() as cursor:
            cursor.execute(FIRST.format(table))
            found[table] = cursor.fetchone()
    return {table: row for table, row in found.items() if row}


def fault(sql, *values):
    """What PostgreSQL says against it; None when it did it to a row, "nothing" when it found none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            done = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__
    return None if done else "nothing"


def tried(person, rows, sql):
    """What comes of it where `person` does this as raw SQL to each table."""
    with acting_as(person, now=timezone.now()):
        return {table: fault(sql.format(table), value) for table, value in rows.items()}


def let_in(person, rows):
    """The tables that the wall lets them add a copy of a row to, whatever else stands against that."""
    copies = {table: row for table, (_key, row) in rows.items()}
    said = tried(person, copies, ADD)
    return {table for table, no in said.items() if not isinstance(no, InsufficientPrivilege)}


def done(person, rows, sql):
    """The tables where they did it to a row."""
    keys = {table: key for table, (key, _row) in rows.items()}
    return {table for table, no in tried(person, keys, sql).items() if no is None}


@pytest.mark.parametrize("role", ROLES)
def test_t12_who_does_not_treat_adds_nothing_but_their_own(rows, people, role):
    assert sorted(let_in(people[role], rows)) == sorted(MAY_ADD[role])


@pytest.mark.parametrize("role", ROLES)
def test_t12_who_does_not_treat_changes_nothing_but_their_own(rows, people, role):
    assert sorted(done(people[role], rows, CHANGE)) == sorted(MAY_CHANGE[role])


@pytest.mark.parametrize("role", ROLES)
def test_t12_who_does_not_treat_removes_nothing_but_their_own(rows, people, role):
    assert sorted(done(people[role], rows, REMOVE)) == sorted(MAY_REMOVE[role])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("words", [{"decision": "cleared"}, {"decided_by_id": 1}, {"by_rule": ""}])
def test_t12_who_does_not_treat_decides_nothing(rows, people, role, words):
    held = json.loads(rows["clients_clearance"][1]) | {
        "decided_by_id": None,
        "decision": "hold",
        "by_rule": "c1",
    }

    said = tried(people[role], {"clients_clearance": json.dumps(held | words)}, ADD)

    assert isinstance(said["clients_clearance"], InsufficientPrivilege)


def test_t12_who_treats_writes_what_is_to_be_written(rows, town):
    added = let_in(town.people["clinician"], rows)

    assert {
        "clients_clearance",
        "clients_letter",
        "therapy_sessions_addendum",
        "clients_overridewish",
    } <= added


def test_t12_nobody_puts_themself_into_a_care_team(as_, clinician, stranger):
    with as_(clinician):
        no = fault(
            "INSERT INTO clients_careteammember (client_id, member_id, part, since)"
            " VALUES (%s, %s, 'covering', current_date)",
            stranger.pk,
            clinician.pk,
        )

    assert isinstance(no, InsufficientPrivilege)
