"""No client is invited before an owner has said who reads answers and by when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.invitations import actions as invitations
from practice.checks import clients_are_told_who_reads, what_clients_call_is_confirmed
from practice.house import actions
from practice.house.contributions import attention
from practice.models import AuditEvent, Practice, Resource
from practice.people.actions import found_practice
from practice.resources.actions import confirm_resource
from tests.factories import MONDAY_NOON, ClientFactory

pytestmark = pytest.mark.django_db
PAGE = "/house/"
LONG_AGO = MONDAY_NOON.date() - timedelta(days=181)


@pytest.fixture
def blank(practice):
    Practice.objects.update(response_words="", exit_is_decided=True)


def test_an_owner_says_it(browser_of, owner, blank):
    answer = browser_of(owner).post(PAGE, {"response_words": " We read on weekdays. "}, follow=True)

    assert "Saved." in answer.content.decode()
    assert Practice.objects.get().response_words == "We read on weekdays."
    assert AuditEvent.objects.filter(action="response_words_set", member_uid=owner.uid).count() == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 301, "a\x00b"])
def test_nothing_hidden_nothing_endless_and_not_nothing(browser_of, owner, practice, words):
    before = practice.response_words

    answer = browser_of(owner).post(PAGE, {"response_words": words})

    assert answer.status_code == 422
    assert Practice.objects.get().response_words == before


@pytest.mark.parametrize("words", ["", " \n"])
def test_the_action_refuses_nothing_too(owner, words):
    with pytest.raises(actions.NeedsResponseWords):
        actions.set_response_words(words=words, by=owner, now=MONDAY_NOON)


@pytest.mark.parametrize("role", ["clinician", "reception"])
def test_nobody_else_says_it(browser_of, request, role):
    assert browser_of(request.getfixturevalue(role)).get(PAGE).status_code == 403


def test_a_practice_begins_without_a_promise(db):
    founded = found_practice(name="Lock House", time_zone="Europe/London", is_demo=False, now=MONDAY_NOON)

    assert founded.response_words == ""


def test_no_client_is_invited_before(blank, clinician):
    client = ClientFactory(treated_by=clinician)

    with pytest.raises(actions.NotReadyForClients):
        invitations.invite(client=client, email="sam@clients.example", by=clinician, now=MONDAY_NOON)


def test_whoever_tries_reads_why(blank, browser_of, clinician):
    client = ClientFactory(treated_by=clinician)

    page = browser_of(clinician).post(
        reverse("open_portal", args=[client.uid]), {"email": "s@clients.example"}
    )

    assert page.status_code == 422
    assert "who reads answers and by when" in page.content.decode()


@pytest.mark.parametrize(
    "unsure", [{"verified_by": None}, {"verified_on": None, "verified_by": None}, {"verified_on": LONG_AGO}]
)
def test_no_client_is_invited_before_each_number_of_the_help_page_is_confirmed(
    open_to_clients, clinician, unsure
):
    client = ClientFactory(treated_by=clinician)
    crisis = Resource.objects.standing().around("GB").filter(need="crisis")[0]
    Resource.objects.filter(pk=crisis.pk).update(**unsure)

    with pytest.raises(actions.NumbersNotConfirmed):
        invitations.invite(client=client, email="sam@clients.example", by=clinician, now=MONDAY_NOON)

    confirm_resource(resource=crisis, version=crisis.version, by=clinician, now=MONDAY_NOON)
    assert invitations.invite(client=client, email="sam@clients.example", by=clinician, now=MONDAY_NOON)


def test_numbers_of_other_countries_and_needs_do_not_wait(open_to_clients, clinician):
    Resource.objects.exclude(country="GB", need__in=["emergency", "crisis"]).exclude(country="").update(
        verified_by=None, verified_on=None
    )

    actions.check_ready_for_clients(now=MONDAY_NOON)


def test_without_any_number_of_its_own_the_practice_is_not_open(open_to_clients):
    Resource.objects.all().delete()

    with pytest.raises(actions.NumbersNotConfirmed):
        actions.check_ready_for_clients(now=MONDAY_NOON)


def test_a_demo_has_nobody_to_protect(practice):
    Practice.objects.update(is_demo=True)

    actions.check_ready_for_clients(now=MONDAY_NOON)


def test_the_page_today_and_the_start_say_that_numbers_wait(browser_of, owner):
    page = browser_of(owner).get(PAGE).content.decode()

    assert "Numbers to confirm before a client is invited" in page
    assert reverse("resources") in [one.url for one in attention(owner, MONDAY_NOON)]
    found = list(what_clients_call_is_confirmed(None, databases=["default"]))
    assert [one.id for one in found] == ["towpath.W007"]


def test_they_say_nothing_once_all_are_confirmed(browser_of, owner, open_to_clients):
    assert "Numbers to confirm" not in browser_of(owner).get(PAGE).content.decode()
    assert list(what_clients_call_is_confirmed(None, databases=["default"])) == []


def test_owners_hear_of_it_until_it_is_said(owner, clinician, blank, open_to_clients):
    waiting = attention(owner, MONDAY_NOON)
    actions.set_response_words(words="We read on weekdays.", by=owner, now=MONDAY_NOON)

    assert [one.url for one in waiting] == [reverse("keep_practice")]
    assert attention(owner, MONDAY_NOON) == attention(clinician, MONDAY_NOON) == []


def test_the_page_says_that_the_practice_is_not_open_yet(browser_of, owner, blank):
    assert "Not open to clients yet" in browser_of(owner).get(PAGE).content.decode()


def test_the_start_says_so_too(blank):
    found = list(clients_are_told_who_reads(None, databases=["default"]))

    assert [one.id for one in found] == ["towpath.W004"]


@pytest.mark.parametrize("databases", [None, ["default"]])
def test_the_start_says_nothing_once_it_is_said(practice, databases):
    assert list(clients_are_told_who_reads(None, databases=databases)) == []
