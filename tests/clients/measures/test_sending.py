"""Ask what is due: once, to the right people, without a clinical word."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from clients.measures import actions, contributions, letters, tasks
from clients.measures.models import MeasureOccasion
from clients.models import Client, Response, Screening
from clients.screening.actions import cancel_screening, submit_screening
from practice.models import AuditEvent
from tests.clients.measures.forms_in import DAY, form, planned
from tests.clients.screening.answering import fill
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory, SessionFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def plan(client_person, clinician):
    return planned(client_person, clinician)


def send(now=MONDAY_NOON, **more):
    return actions.send_everything_due(now=now, **more)


def hand_in(screening, now):
    fill(screening, screening.client.member, now)
    return submit_screening(screening=screening, by=screening.client.member, now=now)


def test_what_is_due_waits_in_the_portal_asked_by_whoever_treats(plan, client_person, clinician):
    sent = send()

    screening = Screening.objects.get(client=client_person)
    assert (sent.due, sent.asked, sent.failed) == (1, 1, 0)
    assert (screening.purpose, screening.asked_by) == ("measure", clinician)
    assert [response.instrument for response in screening.responses.all()] == ["phq9"]


def test_sent_again_nothing_happens_twice(plan):
    send()

    again = send(MONDAY_NOON + timedelta(hours=1))

    assert again.due == 0
    assert Screening.objects.count() == MeasureOccasion.objects.count() == 1


def test_a_measure_still_open_is_not_sent_twice_and_the_day_is_noted(plan):
    send()

    later = send(MONDAY_NOON + 4 * WEEK)

    assert (later.due, later.asked) == (1, 0)
    assert Screening.objects.count() == 1
    assert [row.due_on for row in plan.occasions.all()] == [DAY, DAY + 4 * WEEK]


def test_what_is_due_together_is_asked_together(client_person, clinician):
    for key in ("phq9", "gad7"):
        planned(client_person, clinician, instruments=[key])

    send()

    assert set(Response.objects.values_list("instrument", flat=True)) == {"phq9", "gad7"}
    assert Screening.objects.count() == 1


def test_questions_that_lie_with_a_client_do_not_grow(plan, client_person, clinician):
    send()
    planned(client_person, clinician, instruments=["gad7"])

    send(MONDAY_NOON + timedelta(days=1))

    assert Response.objects.get().instrument == "phq9"


def test_what_waited_its_turn_is_asked_once_the_other_is_in(plan, client_person, clinician):
    send()
    planned(client_person, clinician, instruments=["gad7"])
    hand_in(Screening.objects.get(), MONDAY_NOON + timedelta(hours=2))

    send(MONDAY_NOON + timedelta(days=1))

    assert Response.objects.get(submitted_at=None).instrument == "gad7"


def test_a_form_handed_in_meanwhile_puts_it_off(plan, client_person):
    form(client_person, 4, days_ago=1)

    assert send().due == 0
    assert send(MONDAY_NOON + 4 * WEEK).asked == 1


@pytest.mark.parametrize(("held", "asked"), [(3, 0), (4, 1)])
def test_by_sessions_it_is_asked_after_the_last_of_them(client_person, clinician, held, asked):
    planned(client_person, clinician, unit="sessions", starts_on=DAY - 9 * WEEK)
    form(client_person, 4, days_ago=60)
    for number in range(held):
        SessionFactory(
            client=client_person,
            clinician=clinician,
            completed=True,
            starts_at=MONDAY_NOON - timedelta(days=7 * number + 2),
        )
    SessionFactory(client=client_person, clinician=clinician, starts_at=MONDAY_NOON - timedelta(days=1))

    assert send().asked == asked


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_nobody_is_asked_while_the_work_rests_or_is_over(plan, status):
    Client.objects.update(status=status)

    assert send().due == 0


def test_who_is_treated_by_nobody_is_not_asked(plan, client_person):
    client_person.care_team.all().delete()

    assert send().due == 0


def test_whoever_covers_asks_where_there_is_no_primary(client_person, clinician, plan):
    client_person.care_team.update(part="covering")

    send()

    assert Screening.objects.get().asked_by == clinician


def test_supervisors_ask_nobody(plan, client_person):
    client_person.care_team.update(part="supervising")

    assert send().due == 0


def test_what_was_taken_back_is_asked_again_after_its_time(plan, clinician):
    send()
    cancel_screening(screening=Screening.objects.get(), by=clinician, now=MONDAY_NOON)

    assert send(MONDAY_NOON + timedelta(days=1)).due == 0
    assert send(MONDAY_NOON + 4 * WEEK).asked == 1


def test_the_trail_says_that_it_was_the_plan(plan, client_person):
    send()

    line = AuditEvent.objects.get(action="measures_sent")
    assert (line.member_name, line.client_uid) == ("Towpath", client_person.uid)


def test_the_client_hears_of_it_without_a_clinical_word(
    plan, client_person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send()

    (letter,) = mail.outbox
    said = f"{letter.subject} {letter.body}".lower()
    assert letter.to == [client_person.member.user.email]
    for word in (
        "phq",
        "mood",
        "question",
        "measure",
        "health",
        "therap",
        "screening",
        client_person.name.lower(),
    ):
        assert word not in said


def test_an_address_that_the_desk_changed_brings_no_letter_to_somebody_else(client_person):
    client_person.email = "somebody.else@clients.example"

    letters.tell(client_person)

    assert [letter.to for letter in mail.outbox] == [[client_person.member.user.email]]


@pytest.mark.parametrize("has_pages", [True, False])
def test_who_cannot_sign_in_gets_no_letter(client_person, has_pages):
    client_person.member.is_active = False
    if not has_pages:
        client_person.member = None

    letters.tell(client_person)

    assert mail.outbox == []


def test_one_record_that_breaks_keeps_nobody_else_waiting(plan, clinician, caplog, client_person):
    other = ClientFactory(portal=True, treated_by=clinician)
    planned(other, clinician)
    Screening.objects.create(
        client=client_person, purpose="review", asked_by=clinician, asked_at=MONDAY_NOON
    ).responses.create(order=1, instrument="phq9", version="1", snapshot={})
    MeasureOccasion.objects.create(plan=plan, due_on=DAY, noted_at=MONDAY_NOON - 9 * WEEK)

    sent = send()

    assert (sent.due, sent.asked, sent.failed) == (2, 1, 1)
    assert client_person.name not in caplog.text


def test_the_command_counts_without_asking(plan):
    out = StringIO()

    call_command("send_measures", "--dry-run", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"due": 1, "asked": 0, "failed": 0}
    assert not Screening.objects.exists()


def test_the_command_asks_and_says_how_many(plan):
    out = StringIO()

    call_command("send_measures", stdout=out)

    assert "1 asked" in out.getvalue()
    assert Screening.objects.count() == 1


def test_the_command_fails_where_somebody_could_not_be_asked(plan, client_person):
    MeasureOccasion.objects.create(plan=plan, due_on=_today(), noted_at=MONDAY_NOON - 99 * WEEK)

    with pytest.raises(CommandError):
        call_command("send_measures", stdout=StringIO())


def _today():
    return timezone.localdate()


@pytest.mark.parametrize(("hour", "asked"), [(6, 0), (7, 1), (18, 1), (19, 0), (2, 0)])
def test_the_beat_asks_by_day_only(plan, time_machine, hour, asked):
    """The practice's own clock: an hour ahead of UTC in June."""
    time_machine.move_to(MONDAY_NOON.replace(hour=hour, day=2))

    tasks.send_measures()

    assert Screening.objects.count() == asked


def test_a_check_in_that_waits_for_a_week_is_told_to_whoever_treats(plan, clinician, colleague):
    send()

    assert contributions.attention(clinician, MONDAY_NOON + timedelta(days=6)) == []
    (line,) = contributions.attention(clinician, MONDAY_NOON + WEEK)
    assert str(line.title) == "Sam Wood: a check-in waits"
    assert contributions.attention(colleague, MONDAY_NOON + WEEK) == []


def test_supervisors_and_clients_are_told_nothing_of_it(plan, client_person):
    send()

    for member in (MemberFactory(roles=["supervisor"]), client_person.member):
        assert contributions.attention(member, MONDAY_NOON + WEEK) == []
