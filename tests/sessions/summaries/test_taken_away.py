"""T09: a right that is taken away is gone from the next request on, and the file that was asked for before with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.models import CareTeamMember
from practice.models import Member
from sessions.models import Summary
from sessions.summaries import actions
from tests.factories import MONDAY_NOON

YESTERDAY = MONDAY_NOON.date() - timedelta(days=1)


def role_removed(member, client):
    Member.objects.filter(pk=member.pk).update(roles=["reception"])


def deactivated(member, client):
    Member.objects.filter(pk=member.pk).update(is_active=False)


def care_ended(member, client):
    CareTeamMember.objects.filter(member=member, client=client).update(until=YESTERDAY)


def ended_at_once(member, client):
    CareTeamMember.objects.filter(member=member, client=client).update(
        until=MONDAY_NOON.date(), ended_at=MONDAY_NOON
    )


def reassigned(member, client):
    other = Member.objects.exclude(pk=member.pk).filter(roles__contains=["clinician"]).first()
    CareTeamMember.objects.filter(member=member, client=client).update(member=other)


TAKEN_AWAY = [role_removed, deactivated, care_ended, ended_at_once, reassigned]
everything = pytest.mark.parametrize("taken_away", TAKEN_AWAY, ids=lambda one: one.__name__)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def asked(client_person, clinician, colleague):
    summary, _job = actions.ask_summary(
        client=client_person,
        since=YESTERDAY,
        until=YESTERDAY,
        audience="supervision",
        by=clinician,
        now=MONDAY_NOON,
    )
    return summary


@pytest.fixture
def made(asked):
    asked.pdf, asked.pages, asked.sha256, asked.made_at = b"%PDF made up", 1, "0" * 64, MONDAY_NOON
    asked.save()
    return asked


@everything
def test_the_next_page_is_refused(browser_of, clinician, client_person, colleague, taken_away):
    browser = browser_of(clinician)
    page = reverse("client_runs", args=[client_person.uid])
    assert browser.post(page).status_code == 200

    taken_away(clinician, client_person)

    assert browser.post(page).status_code in {302, 403, 404}


@everything
def test_a_summary_asked_for_before_is_not_made(asked, clinician, client_person, taken_away):
    taken_away(clinician, client_person)

    with pytest.raises(actions.NoLongerYours):
        actions.make_summary(Summary.objects.get(pk=asked.pk), lambda *_words: None)


@everything
def test_a_finished_file_is_not_handed_out(made, browser_of, api_of, clinician, client_person, taken_away):
    browser, caller = browser_of(clinician), api_of(clinician)
    page = reverse("take_summary", args=[made.uid])
    assert browser.post(page).getvalue().startswith(b"%PDF")

    taken_away(clinician, client_person)

    assert browser.post(page).status_code in {302, 403, 404}
    assert caller.get(f"/api/v1/summaries/{made.uid}/pdf/").status_code in {401, 403, 404}


def test_who_takes_over_has_it(made, browser_of, clinician, colleague, client_person):
    reassigned(clinician, client_person)

    assert browser_of(colleague).post(reverse("take_summary", args=[made.uid])).status_code == 200


@pytest.mark.parametrize("column", ["client_id", "member_id", "since"])
def test_nothing_on_one_side_of_a_care_team_is_refused_by_the_database(clinician, column):
    """T05: what is NULL on either side would match nobody, and cannot be."""
    assert not CareTeamMember._meta.get_field(column.removesuffix("_id")).null


def test_a_client_without_sign_in_is_nobodys_own(browser_of, client_person, stranger):
    """T05: a record without a member is not the record of a member without one."""
    stranger.member = None
    stranger.save(update_fields=["member"])

    page = browser_of(client_person.member).get(f"/api/v1/clients/{stranger.uid}/")

    assert page.status_code in {403, 404}
