"""Who is within reach: one rule, whether it is asked of the rows each time or of a page's one look."""

from datetime import date, timedelta

import pytest

from clients.emergency import actions as emergency
from clients.models import CareTeamMember, Client
from clients.record.querysets import Reach
from clients.record.reach import reaches, reaches_of
from practice.database.once import looking_up_once, once
from tests.clients.consents.signing import keep
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

TODAY = MONDAY_NOON.date()
DAY = timedelta(days=1)
ROLES: tuple[list[str], ...] = (
    ["clinician"],
    ["supervisor"],
    ["clinician", "supervisor"],
    ["owner"],
    ["reception"],
)
every_reach = pytest.mark.parametrize("reach", Reach, ids=lambda reach: reach.name)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)
    return time_machine


def part(member, *, of: str, since: date = TODAY - DAY, until: date | None = None) -> Client:
    client = ClientFactory(name=f"{of} {since} {until}", portal=True)
    CareTeamMember.objects.create(client=client, member=member, part=of, since=since, until=until)
    return client


@pytest.fixture(params=ROLES, ids="+".join)
def member(request, practice, clinician):
    """Somebody with a part of every kind, past, present and future, and an emergency access that is open."""
    member = MemberFactory(roles=["clinician", "supervisor"], rights=["break_glass"])
    for kind in ("primary", "covering", "supervising"):
        part(member, of=kind)
        part(member, of=kind, until=TODAY - DAY)
        part(member, of=kind, since=TODAY + DAY)
    keep(part(member, of="supervising", until=TODAY), "supervisor")
    emergency.break_glass(
        client=ClientFactory(treated_by=clinician),
        reason="crisis",
        words="They rang the desk",
        by=member,
        now=MONDAY_NOON,
    )
    member.roles = request.param
    member.rights = ["break_glass"] if {"clinician", "supervisor"} & set(request.param) else []
    member.save()
    return member


def within(member, reach):
    return set(Client.objects.in_care_of(member, reach))


@every_reach
def test_a_page_that_looks_once_finds_whom_the_rule_finds(member, reach):
    by_rule = within(member, reach)

    with looking_up_once("GET"):
        assert within(member, reach) == by_rule


def test_what_may_be_done_with_one_client_is_the_same_either_way(member):
    for client in Client.objects.all():
        by_rule = reaches_of(member, client.pk)

        with looking_up_once("GET"):
            assert reaches_of(member, client.pk) == by_rule
            assert {reach for reach in Reach if reaches(member, client.pk, reach)} == by_rule


@pytest.mark.parametrize("roles", [["clinician"]], ids=["clinician"])
def test_somebody_who_left_reaches_nobody_either_way(practice, roles):
    gone = MemberFactory(roles=roles, is_active=False)
    mine = part(gone, of="primary")

    with looking_up_once("GET"):
        assert within(gone, Reach.READ) == set()
        assert reaches_of(gone, mine.pk) == frozenset()


def test_what_may_change_something_asks_anew(clinician, client_person):
    with looking_up_once("POST"):
        assert within(clinician, Reach.READ) == {client_person}
        client_person.care_team.update(until=TODAY - DAY)

        assert within(clinician, Reach.READ) == set()


def test_the_next_page_knows_who_left_the_care_team(browser_of, clinician, client_person):
    browser, page = browser_of(clinician), f"/clients/{client_person.uid}/"
    assert browser.get(page).status_code == 200

    client_person.care_team.update(until=TODAY - DAY)

    assert browser.get(page).status_code == 404


def test_what_was_found_is_forgotten_with_the_page():
    answers = iter("abc")

    with looking_up_once("GET"):
        assert [once("key", lambda: next(answers)) for _ in range(2)] == ["a", "a"]

    assert once("key", lambda: next(answers)) == "b"
