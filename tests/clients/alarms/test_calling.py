"""Whoever must hear at once is called by letter; nobody who sees the letter learns anything."""

from datetime import date, timedelta

import pytest
from django.core import mail

from clients.alarms import actions
from clients.alarms.actions import call_whoever_must_hear
from clients.models import CareTeamMember, Rescreen, SafetyAlert
from clients.rescreening.actions import tell_change
from clients.screening.actions import answer, ask_screening, say_safe_now
from practice.models import AuditEvent
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

NIGHT = MONDAY_NOON.replace(hour=2)
LATER = MONDAY_NOON + timedelta(minutes=5)


@pytest.fixture
def intake(client_person, clinician):
    return ask_screening(
        client=client_person, purpose="intake", by=clinician, now=MONDAY_NOON - timedelta(days=1)
    )


@pytest.fixture
def say(intake, client_person):
    """A safety answer of the client."""

    def tell(now=MONDAY_NOON, value=1, item="q9"):
        response = intake.responses.get(instrument="phq9")
        return answer(response=response, item=item, value=value, by=client_person.member, now=now)

    return tell


def addresses():
    return sorted(address for letter in mail.outbox for address in letter.to)


def joined(client, member, part="covering"):
    return CareTeamMember.objects.create(client=client, member=member, part=part, since=date(2026, 5, 1))


class TestASafetyAnswer:
    def test_calls_who_treats_the_client(self, say, clinician):
        say()

        called = call_whoever_must_hear(now=MONDAY_NOON)

        assert (called, addresses()) == (1, [clinician.user.email])

    def test_at_night_it_calls_whoever_covers_as_well(self, say, clinician, colleague, client_person):
        joined(client_person, colleague)
        say(now=NIGHT)

        call_whoever_must_hear(now=NIGHT)

        assert addresses() == sorted([clinician.user.email, colleague.user.email])

    def test_calls_nobody_else(self, say, clinician, reception, owner, client_person):
        joined(client_person, MemberFactory(roles=["supervisor"]), part="supervising")
        joined(client_person, MemberFactory(is_active=False))
        say()

        call_whoever_must_hear(now=MONDAY_NOON)

        assert addresses() == [clinician.user.email]

    def test_the_letter_says_nothing_of_the_client_or_the_work(self, say, client_person):
        say()

        call_whoever_must_hear(now=MONDAY_NOON)

        words = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
        assert not [
            word
            for word in (
                "sam",
                "wood",
                client_person.reference.lower(),
                "safety",
                "alert",
                "answer",
                "client",
            )
            if word in words
        ]
        assert "/today/" in words

    def test_calls_once(self, say):
        say()

        call_whoever_must_hear(now=MONDAY_NOON)
        say(now=LATER, value=2)
        call_whoever_must_hear(now=LATER)

        assert len(mail.outbox) == 1

    def test_is_told_in_the_trail(self, say):
        alert = say()

        call_whoever_must_hear(now=MONDAY_NOON)

        line = AuditEvent.objects.get(action="called_for")
        assert (line.detail["people"], SafetyAlert.objects.get().called_at) == (1, MONDAY_NOON)
        assert alert.client.name not in str(line.detail)

    def test_not_safe_right_now_calls_again_once(self, say, intake, client_person):
        say()
        call_whoever_must_hear(now=MONDAY_NOON)

        for _press in range(2):
            say_safe_now(screening=intake, safe_now="no", by=client_person.member, now=LATER)
            call_whoever_must_hear(now=LATER)

        assert len(mail.outbox) == 2

    def test_safe_right_now_calls_nobody_again(self, say, intake, client_person):
        say()
        call_whoever_must_hear(now=MONDAY_NOON)

        say_safe_now(screening=intake, safe_now="yes", by=client_person.member, now=LATER)
        call_whoever_must_hear(now=LATER)

        assert len(mail.outbox) == 1

    def test_rings_when_it_is_kept(self, say, monkeypatch, django_capture_on_commit_callbacks):
        rung = []
        monkeypatch.setattr("clients.alarms.tasks.call_somebody.delay", lambda: rung.append(1))

        with django_capture_on_commit_callbacks(execute=True):
            say()

        assert rung

    def test_a_dead_broker_loses_no_answer(self, say, monkeypatch, django_capture_on_commit_callbacks):
        monkeypatch.setattr("clients.alarms.tasks.call_somebody.delay", lambda: 1 / 0)

        with django_capture_on_commit_callbacks(execute=True):
            say()

        assert SafetyAlert.objects.to_call_for().count() == 1


class TestWhatDoesNotLeave:
    def test_waits_and_is_tried_again(self, say, settings):
        say()
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1

        assert call_whoever_must_hear(now=MONDAY_NOON) == 0

        settings.EMAIL_BACKEND = backend
        assert call_whoever_must_hear(now=LATER) == 1

    def test_one_that_fails_keeps_no_other_waiting(self, say, clinician, monkeypatch):
        alert, stranger = say(), ClientFactory(portal=True, treated_by=MemberFactory())
        other = ask_screening(client=stranger, purpose="intake", by=clinician, now=MONDAY_NOON)
        response = other.responses.get(instrument="phq9")
        answer(response=response, item="q9", value=1, by=stranger.member, now=LATER)
        rightly = actions._treating

        def broken(client, now):
            if client == alert.client_id:
                raise ValueError
            return rightly(client, now)

        monkeypatch.setattr(actions, "_treating", broken)

        assert call_whoever_must_hear(now=LATER) == 1
        assert clinician.user.email not in addresses()


class TestWhereNobodyTreats:
    def test_the_owners_are_called(self, say, owner, clinician, client_person):
        say()
        client_person.care_team.all().delete()

        call_whoever_must_hear(now=MONDAY_NOON)

        assert addresses() == [owner.user.email]
        assert "/people/clients/" in mail.outbox[0].body
        assert not {"safety", "sam", "answer"} & set(mail.outbox[0].body.lower().split())

    def test_a_task_without_a_name_calls_them_too(self, owner, clinician):
        client = ClientFactory()
        tell_change(client=client, kind="injury", by=clinician, now=MONDAY_NOON)

        for _time in range(2):
            call_whoever_must_hear(now=MONDAY_NOON)

        assert addresses() == [owner.user.email]
        assert Rescreen.objects.get().called_at == MONDAY_NOON

    def test_a_task_with_a_name_calls_nobody(self, owner, client_person, clinician):
        tell_change(client=client_person, kind="injury", by=clinician, now=MONDAY_NOON)

        assert call_whoever_must_hear(now=MONDAY_NOON) == 0
