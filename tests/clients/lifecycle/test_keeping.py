"""How long this practice keeps records, and whose time is over."""

from datetime import date, timedelta

import pytest

from clients.lifecycle import actions, screens
from clients.lifecycle.keeping import due_on, kept_until_of, policy_now
from clients.lifecycle.rules import DEFAULTS, Policy
from clients.models import Client
from practice.models import Practice
from tests.clients.lifecycle.whole import YEARS_LATER
from tests.factories import MONDAY_NOON, ClientFactory, SessionFactory

pytestmark = pytest.mark.django_db
LATER = YEARS_LATER.date()


def test_until_somebody_says_otherwise_the_country_decides(practice):
    assert policy_now() == DEFAULTS["GB"].policy
    Practice.objects.update(country="US")
    assert policy_now() == DEFAULTS["US"].policy


def test_the_owner_says_how_long(owner):
    actions.set_policy(policy=Policy(years=10, minor_age=25, late_minor_age=26), by=owner, now=MONDAY_NOON)

    actions.set_policy(policy=Policy(years=12, minor_age=25, late_minor_age=26), by=owner, now=MONDAY_NOON)

    assert policy_now().years == 12


@pytest.mark.parametrize(("years", "age"), [(0, 25), (101, 25), (7, 17), (7, 101)])
def test_impossible_numbers_are_refused(owner, years, age):
    with pytest.raises(actions.ImpossibleAges):
        actions.set_policy(
            policy=Policy(years=years, minor_age=age, late_minor_age=26), by=owner, now=MONDAY_NOON
        )


def test_the_last_session_that_took_place_counts(clinician, practice):
    client = ClientFactory(treated_by=clinician)
    SessionFactory(client=client, clinician=clinician, completed=True)
    SessionFactory(client=client, clinician=clinician, starts_at=MONDAY_NOON + timedelta(days=700))

    assert kept_until_of([client]) == {client.pk: date(2033, 6, 1)}


def test_where_no_session_took_place_the_registration_counts(practice):
    client = ClientFactory()

    assert kept_until_of([client]) == {client.pk: date(2032, 6, 1)}


def test_who_is_due_is_listed_the_longest_ago_first(whole, clinician):
    earlier = ClientFactory(status="ended", registered_at=MONDAY_NOON - timedelta(days=4000))

    assert [client for client, _until in due_on(LATER)] == [earlier, whole]


@pytest.mark.parametrize(
    "change",
    [{"status": "active"}, {"status": "paused"}],
)
def test_who_is_still_in_the_work_is_not_due(whole, change):
    Client.objects.filter(pk=whole.pk).update(**change)

    assert due_on(LATER) == []


def test_who_is_on_hold_is_not_due(whole, owner):
    actions.set_hold(client=whole, reason="court", by=owner, now=MONDAY_NOON)

    assert due_on(LATER) == []


def test_who_was_a_minor_is_not_due_with_the_years(practice):
    ClientFactory(
        status="ended", registered_at=MONDAY_NOON - timedelta(days=8 * 365), born_on=date(2008, 1, 1)
    )

    assert due_on(MONDAY_NOON.date()) == []


def test_nothing_is_erased_by_being_due(whole):
    due_on(LATER)

    assert Client.objects.filter(pk=whole.pk).exists()


def test_the_number_of_queries_does_not_grow(whole, owner, django_assert_max_num_queries):
    for _ in range(5):
        ClientFactory(status="ended", registered_at=MONDAY_NOON - timedelta(days=4000))

    with django_assert_max_num_queries(20):
        page = screens.retention_page(owner, YEARS_LATER)

    assert page.due_in_all == 6
