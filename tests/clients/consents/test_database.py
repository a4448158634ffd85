"""What the database itself holds: the ledger is added to, and seen by the care team and the client alone."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from clients.consents import actions, texts
from clients.consents.models import AgreementText, Consent, ConsentDraft
from clients.record.models import CareTeamMember, Client
from practice.people.acting import acting_as, beyond_the_wall
from tests.clients.consents.signing import NAME, give, keep, sign, ticked
from tests.factories import MONDAY_NOON, MemberFactory

TURNS = [*range(3), *(pytest.param(turn, marks=pytest.mark.deep) for turn in range(3, 60))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clients_consent SET step = 'given'",
        "UPDATE clients_consent SET at = now()",
        "UPDATE clients_consent SET signature = ''::bytea",
        "DELETE FROM clients_consent",
    ],
)
def test_a_line_of_the_ledger_is_never_changed_or_removed(client_person, statement):
    keep(client_person, "mood")

    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_ledger_cannot_be_emptied(client_person):
    keep(client_person, "mood")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("TRUNCATE clients_consent")


@pytest.mark.parametrize(
    "statement", ["UPDATE clients_agreementtext SET body = '{}'", "DELETE FROM clients_agreementtext"]
)
def test_a_published_text_never_changes(reworded, statement):
    reworded()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("agreement_is_signed_whole_or_not_at_all", {"about": "movement", "step": "given"}),
        (
            "agreement_is_signed_whole_or_not_at_all",
            {"about": "movement", "step": "given", "signature": NAME},
        ),
        ("consent_given_in_person_is_signed", {"about": "mood", "step": "given", "in_person": True}),
        ("only_an_agreement_is_asked_for", {"about": "mood", "step": "asked"}),
        ("consent_step_is_known", {"about": "movement", "step": "maybe"}),
        ("consent_is_about_something_known", {"about": "weight", "step": "given"}),
    ],
)
def test_what_cannot_be_is_refused_by_name(client_person, clinician, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Consent.objects.create(client=client_person, by=clinician, at=MONDAY_NOON, **fields)


def test_words_and_signature_are_sealed(client_person):
    sign(client_person, topics="My family")

    with connection.cursor() as cursor:
        cursor.execute("SELECT signature, answers FROM clients_consent")
        kept = b"".join(bytes(value) for value in cursor.fetchone())

    assert b"Sam" not in kept
    assert b"family" not in kept


def test_the_care_team_and_the_client_see_the_ledger_and_nobody_else(
    client_person, stranger, clinician, colleague, owner, reception
):
    keep(client_person, "mood")

    def seen_by(member):
        with acting_as(member, now=MONDAY_NOON):
            return Consent.objects.count()

    assert [seen_by(one) for one in (client_person.member, clinician)] == [1, 1]
    assert [seen_by(one) for one in (colleague, owner, reception, stranger.member)] == [0, 0, 0, 0]


def test_ticks_that_are_not_signed_are_the_clients_alone(client_person, clinician):
    actions.save_point(
        client=client_person, version=1, key="pace", agreed=True, by=client_person.member, now=MONDAY_NOON
    )

    with acting_as(clinician, now=MONDAY_NOON):
        assert not ConsentDraft.objects.exists()
    with acting_as(client_person.member, now=MONDAY_NOON):
        assert ConsentDraft.objects.count() == 1


@pytest.mark.parametrize("roles", [["supervisor"], ["clinician"]])
def test_a_supervisor_is_out_in_the_database_and_in_python_alike(client_person, roles, time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)
    supervisor = MemberFactory(roles=roles)
    CareTeamMember.objects.create(
        client=client_person, member=supervisor, part="supervising", since=MONDAY_NOON.date()
    )

    def reached():
        with acting_as(supervisor, now=MONDAY_NOON):
            by_policy = Client.objects.exists()
        return by_policy, Client.objects.in_care_of(supervisor).exists()

    assert reached() == (True, True)
    keep(client_person, "supervisor")
    assert reached() == (False, False)
    give(client_person, "supervisor")
    assert reached() == (True, True)


def test_who_treats_is_not_kept_out_with_the_supervisor(client_person, clinician):
    keep(client_person, "supervisor")

    with acting_as(clinician, now=MONDAY_NOON):
        assert Client.objects.count() == 1
    assert Client.objects.in_care_of(clinician).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", TURNS)
def test_a_signature_and_a_new_text_at_the_same_instant(client_person, owner, reworded, turn):
    """Whoever comes first: no signature under the old text is left standing, and none is lost without a word."""
    text = texts.current()
    actions.save_draft(
        text=type(text)(**{**vars(text), "title": "Another title"}), based_on=1, by=owner, now=MONDAY_NOON
    )
    answers, said = ticked(), []
    start = threading.Barrier(2)

    def try_to_sign():
        with beyond_the_wall("the race"):
            start.wait()
            try:
                actions.sign_agreement(
                    client=client_person,
                    version=1,
                    answers=answers,
                    signature=NAME,
                    by=client_person.member,
                    now=MONDAY_NOON,
                )
                said.append("signed")
            except actions.TextChanged:
                said.append("changed")
        connections.close_all()

    def try_to_publish():
        with beyond_the_wall("the race"):
            start.wait()
            actions.publish(agreement="movement", by=owner, now=MONDAY_NOON)
        connections.close_all()

    threads = [threading.Thread(target=act) for act in (try_to_sign, try_to_publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    published = AgreementText.objects.get()
    asked = actions.asking.ask_everybody_again(
        text=published, tell=lambda *_said: None, by=owner, now=MONDAY_NOON + timedelta(minutes=1)
    )
    assert said in (["signed"], ["changed"])
    assert asked == (1 if said == ["signed"] else 0)
    assert Consent.objects.filter(step="given").exists() is (said == ["signed"])
