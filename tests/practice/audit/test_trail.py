"""The trail grows and never changes, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from practice.audit import record
from practice.models import AuditEvent
from tests.factories import MONDAY_NOON, ClientFactory, RouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(clinician):
    record("route_edited", on=RouteFactory(added_by=clinician), by=clinician, at=MONDAY_NOON, metres=3200)
    return AuditEvent.objects.acts().get()


def test_a_line_says_who_did_what_to_which_record(line, clinician):
    assert (line.member_uid, line.member_name, line.action, line.subject) == (
        clinician.uid,
        clinician.name,
        "route_edited",
        "route",
    )
    assert line.detail == {"metres": 3200}


def test_a_line_names_the_client_it_is_about(clinician):
    client = ClientFactory()

    record("record_read", on=client, by=clinician, at=MONDAY_NOON, client=client)

    assert AuditEvent.objects.acts().get().client_uid == client.uid


def test_what_nobody_did_is_towpaths_own(clinician):
    record("route_archived", on=RouteFactory(added_by=clinician), by=None, at=MONDAY_NOON)

    assert (AuditEvent.objects.acts().get().member_uid, AuditEvent.objects.acts().get().member_name) == (
        None,
        "Towpath",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE practice_auditevent SET action = 'nothing'",
        "UPDATE practice_auditevent SET detail = '{}'",
        "DELETE FROM practice_auditevent",
    ],
)
def test_sql_cannot_change_a_line(line, sql):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(sql)

    assert AuditEvent.objects.acts().get().action == "route_edited"


def test_the_orm_cannot_change_a_line(line):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditEvent.objects.update(action="nothing")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        line.delete()


def test_what_is_rolled_back_leaves_no_line(clinician):
    route = RouteFactory(added_by=clinician)

    with transaction.atomic():
        record("route_edited", on=route, by=clinician, at=MONDAY_NOON)
        transaction.set_rollback(True)

    assert not AuditEvent.objects.acts().exists()


def test_only_who_may_reads_the_trail(line, owner, clinician):
    assert AuditEvent.objects.visible_to(owner).exists()
    assert not AuditEvent.objects.visible_to(clinician).exists()
