"""Registering, correcting, the portal and the care team."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from clients.models import CareTeamMember, Client
from clients.record import actions
from clients.record.actions import EmergencyContactWords
from clients.record.marks import mark_of
from practice.models import AuditEvent
from practice.people.actions import EmailTaken, WeakPassword
from tests.factories import MONDAY_NOON, PASSWORD, ClientFactory, MemberFactory, PracticeFactory

CONTACT = EmergencyContactWords(name="Ash Wood", phone="+44 20 7946 0001", relation="sister")


def test_the_first_client_has_the_first_reference(clinician):
    client = actions.register_client(name="Sam Wood", by=clinician, now=MONDAY_NOON)

    assert (client.reference, client.status) == ("TP-0001", Client.Status.PROSPECT)


def test_references_go_on_after_the_highest(clinician):
    ClientFactory(reference="TP-9999")

    client = actions.register_client(name="Sam Wood", by=clinician, now=MONDAY_NOON)

    assert client.reference == "TP-10000"


def test_the_clinician_who_registers_becomes_primary_and_the_trail_says_so(clinician):
    client = actions.register_client(name="Sam Wood", by=clinician, now=MONDAY_NOON)

    team = CareTeamMember.objects.get(client=client)
    assert (team.member, team.part, team.since) == (clinician, "primary", MONDAY_NOON.date())
    line = AuditEvent.objects.acts().get()
    assert (line.action, line.client_uid) == ("client_registered", client.uid)


def test_reception_names_who_treats(reception, clinician):
    client = actions.register_client(name="Sam Wood", clinician=clinician, by=reception, now=MONDAY_NOON)

    assert client.care_team.get().member == clinician


def test_reception_without_a_clinician_is_refused_and_nothing_is_kept(reception):
    with pytest.raises(actions.NobodyTreats):
        actions.register_client(name="Sam Wood", by=reception, now=MONDAY_NOON)

    assert not Client.objects.exists()


def test_nobody_but_a_clinician_treats(reception, owner):
    with pytest.raises(actions.NotAClinician):
        actions.register_client(name="Sam Wood", clinician=owner, by=reception, now=MONDAY_NOON)


def test_the_same_form_twice_is_one_client(clinician):
    uid = uuid4()
    first = actions.register_client(name="Sam Wood", uid=uid, by=clinician, now=MONDAY_NOON)

    second = actions.register_client(name="Sam Wood", uid=uid, by=clinician, now=MONDAY_NOON)

    assert (first.pk, Client.objects.count()) == (second.pk, 1)


def test_the_id_of_a_record_that_one_may_not_see_reveals_nothing(clinician, stranger):
    with pytest.raises(actions.IdTaken):
        actions.register_client(name="Sam Wood", uid=stranger.uid, by=clinician, now=MONDAY_NOON)


@pytest.mark.parametrize("born_on", [MONDAY_NOON.date() + timedelta(days=1), date(1850, 1, 1)])
def test_nobody_is_born_tomorrow_or_too_long_ago(clinician, born_on):
    with pytest.raises(actions.ImpossibleBirthDate):
        actions.register_client(name="Sam Wood", born_on=born_on, by=clinician, now=MONDAY_NOON)


@pytest.mark.parametrize("name", ["🏃‍♀️ Ōtautahi", "مريم الخطيب", "Zoë O’Brien-Šafařík"])
def test_a_name_is_kept_as_it_is_written(clinician, name):
    client = actions.register_client(name=name, emergency_contact=CONTACT, by=clinician, now=MONDAY_NOON)

    client.refresh_from_db()
    assert client.name == name
    assert client.emergency_contact.phone == CONTACT.phone


@pytest.mark.django_db(transaction=True)
def test_many_at_once_each_get_their_own_reference():
    PracticeFactory()
    clinician = MemberFactory()

    def register(number):
        try:
            return actions.register_client(name=f"Sam {number}", by=clinician, now=MONDAY_NOON).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as threads:
        references = list(threads.map(register, range(12)))

    assert sorted(references) == [f"TP-{number:04d}" for number in range(1, 13)]


def test_only_what_is_said_is_changed(client_person, clinician):
    before = client_person.email

    actions.edit_client(client=client_person, phone="+44 20 7946 0002", by=clinician, now=MONDAY_NOON)

    client_person.refresh_from_db()
    assert (client_person.email, client_person.phone) == (before, "+44 20 7946 0002")


def test_a_new_name_is_also_the_name_in_the_portal(client_person, clinician):
    actions.edit_client(client=client_person, name="Sam Woods", by=clinician, now=MONDAY_NOON)

    client_person.member.refresh_from_db()
    assert client_person.member.name == "Sam Woods"


def test_a_form_opened_before_somebody_changed_the_record_is_refused(client_person, clinician):
    seen = mark_of(client_person)
    actions.edit_client(client=client_person, emergency_contact=CONTACT, by=clinician, now=MONDAY_NOON)

    with pytest.raises(actions.Stale):
        actions.edit_client(client=client_person, name="Pat", seen=seen, by=clinician, now=MONDAY_NOON)


def test_an_emergency_contact_can_be_taken_away(client_person, clinician):
    actions.edit_client(client=client_person, emergency_contact=CONTACT, by=clinician, now=MONDAY_NOON)

    actions.edit_client(client=client_person, emergency_contact=None, by=clinician, now=MONDAY_NOON)

    assert not Client.objects.filter(emergency_contact__isnull=False).exists()


def test_the_status_is_set_and_told_once(client_person, clinician):
    actions.set_status(client=client_person, status="paused", by=clinician, now=MONDAY_NOON)

    actions.set_status(client=client_person, status="paused", by=clinician, now=MONDAY_NOON)

    client_person.refresh_from_db()
    assert client_person.status == "paused"
    assert AuditEvent.objects.filter(action="client_status_set").count() == 1


def test_the_portal_is_opened_without_choosing_a_password_for_them(clinician):
    client = ClientFactory(treated_by=clinician, email="")

    member = actions.open_portal(client=client, email="Sam@Clients.example", by=clinician, now=MONDAY_NOON)

    client.refresh_from_db()
    assert client.member == member
    assert member.is_client
    assert not member.user.has_usable_password()
    assert client.email == "Sam@Clients.example"


def test_a_first_password_may_be_given(clinician):
    client = ClientFactory(treated_by=clinician)

    member = actions.open_portal(
        client=client, email="sam@clients.example", password=PASSWORD, by=clinician, now=MONDAY_NOON
    )

    assert member.user.check_password(PASSWORD)


def test_a_weak_first_password_is_refused(clinician):
    client = ClientFactory(treated_by=clinician)

    with pytest.raises(WeakPassword):
        actions.open_portal(
            client=client, email="sam@clients.example", password="short", by=clinician, now=MONDAY_NOON
        )


def test_an_address_that_signs_somebody_in_is_refused(clinician):
    client = ClientFactory(treated_by=clinician)

    with pytest.raises(EmailTaken):
        actions.open_portal(client=client, email=clinician.user.email.upper(), by=clinician, now=MONDAY_NOON)

    client.refresh_from_db()
    assert client.member is None


def test_the_portal_is_opened_once(client_person, clinician):
    with pytest.raises(actions.PortalAlreadyOpen):
        actions.open_portal(client=client_person, email="b@clients.example", by=clinician, now=MONDAY_NOON)


def test_a_colleague_joins_and_sees_the_client(client_person, clinician, colleague):
    actions.join_care_team(
        client=client_person, member=colleague, part="covering", by=clinician, now=MONDAY_NOON
    )

    assert client_person in Client.objects.visible_to(colleague)


def test_reception_joins_no_care_team(client_person, clinician, reception):
    with pytest.raises(actions.NotAClinician):
        actions.join_care_team(
            client=client_person, member=reception, part="covering", by=clinician, now=MONDAY_NOON
        )


def test_a_supervisor_joins_to_supervise(client_person, clinician):
    supervisor = MemberFactory(roles=["supervisor"])

    joined = actions.join_care_team(
        client=client_person, member=supervisor, part="supervising", by=clinician, now=MONDAY_NOON
    )

    assert joined.part == "supervising"


def test_there_is_one_primary_clinician(client_person, clinician, colleague):
    with pytest.raises(actions.PrimaryAlready):
        actions.join_care_team(
            client=client_person, member=colleague, part="primary", by=clinician, now=MONDAY_NOON
        )


def test_nobody_joins_twice(client_person, clinician):
    with pytest.raises(actions.AlreadyInTheTeam):
        actions.join_care_team(
            client=client_person, member=clinician, part="covering", by=clinician, now=MONDAY_NOON
        )


def test_the_last_one_cannot_leave_while_the_work_goes_on(client_person, clinician):
    with pytest.raises(actions.LastInTheTeam):
        actions.leave_care_team(client=client_person, member=clinician, by=clinician, now=MONDAY_NOON)


def test_who_leaves_sees_the_record_no_longer_than_today(client_person, clinician, colleague):
    actions.join_care_team(
        client=client_person, member=colleague, part="covering", by=clinician, now=MONDAY_NOON
    )

    actions.leave_care_team(client=client_person, member=clinician, by=clinician, now=MONDAY_NOON)

    assert client_person.care_team.get(member=clinician).until == MONDAY_NOON.date()
    assert client_person not in Client.objects.visible_to(clinician)


def test_nobody_leaves_twice(client_person, clinician, colleague):
    with pytest.raises(actions.NotInTheTeam):
        actions.leave_care_team(client=client_person, member=colleague, by=clinician, now=MONDAY_NOON)
