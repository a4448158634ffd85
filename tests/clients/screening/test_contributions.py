"""What Today, the timeline and the client's home hear from this room."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from clients.screening import actions, contributions
from tests.clients.screening.answering import ask_asq, decide, handed_in, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def intake(client_person, clinician, now):
    return actions.ask_screening(client=client_person, purpose="intake", by=clinician, now=now)


def test_a_safety_answer_comes_first(intake, client_person, clinician, now):
    handed = someone(portal=True, treated_by=clinician)
    handed_in(handed, clinician, now=now)
    response = intake.responses.get(instrument="phq9")
    actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)

    items = contributions.attention(clinician, now)

    assert [item.urgency for item in items][:2] == ["alert", "waiting"]
    assert "Sam Wood" in str(items[0].title)


def test_a_closed_alert_is_gone(intake, client_person, clinician, now):
    response = intake.responses.get(instrument="phq9")
    actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)
    actions.close_alert(alert=response.alerts.get(), what_was_done="Called.", by=clinician, now=now)

    assert "alert" not in [item.urgency for item in contributions.attention(clinician, now)]


@pytest.mark.parametrize(("days_ago", "waits"), [(82, False), (83, True), (90, True), (95, True)])
def test_a_decision_is_due_a_week_ahead_and_stays_due(client_person, clinician, now, days_ago, waits):
    noon = now.replace(
        hour=12
    )  # in the last hour of a winter's day the same hour of summer belongs to the next
    decide(client_person, clinician, now=noon - timedelta(days=days_ago))

    assert bool(contributions.attention(clinician, noon)) is waits


@pytest.mark.parametrize("who", ["colleague", "reception"])
def test_nobody_else_hears_of_it(request, intake, client_person, now, who):
    response = intake.responses.get(instrument="phq9")
    actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)

    assert contributions.attention(request.getfixturevalue(who), now) == []


def test_the_timeline_tells_what_was_asked_handed_in_and_decided(client_person, clinician, now):
    ask_asq(handed_in(client_person, clinician, now=now), clinician, now)
    decide(client_person, clinician, now=now)
    week = (now - timedelta(days=7), now + timedelta(minutes=1))

    titles = [str(item.title) for item in contributions.timeline(client_person, clinician, *week)]

    assert sorted(titles) == ["Intake asked", "Intake handed in", "Walking: Cleared"]


def test_the_timeline_keeps_to_its_days(client_person, clinician, now):
    handed_in(client_person, clinician, now=now)
    year_ago = now - timedelta(days=365)

    assert contributions.timeline(client_person, clinician, year_ago, year_ago + timedelta(days=9)) == []


@pytest.mark.parametrize("who", ["colleague", "reception"])
def test_the_timeline_says_nothing_to_others(request, client_person, clinician, now, who):
    handed_in(client_person, clinician, now=now)
    week = (now - timedelta(days=7), now + timedelta(minutes=1))

    assert contributions.timeline(client_person, request.getfixturevalue(who), *week) == []


def test_open_questions_make_a_card(intake, client_person, now):
    (card,) = contributions.portal_cards(client_person, now)

    html = render_to_string(card.template, card.values)
    assert f"/my/questions/{intake.uid}/" in html
    assert "About 16 minutes" in html, html


def test_handed_in_questions_make_none(client_person, clinician, now):
    handed_in(client_person, clinician, now=now)

    assert contributions.portal_cards(client_person, now) == []
