"""Who treats a client, from when to when: the page, the rules, and the owner who appoints."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import CareTeamMember, Client, Screening
from clients.record import actions
from clients.screening.actions import answer, ask_screening
from clients.seen.screens import seen_by
from practice import contributions
from practice.models import Member
from practice.people.staff.actions import LeavesClientsAlone, change_rights, deactivate_member
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

TODAY = MONDAY_NOON.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)
    return time_machine


def url(name, client):
    return reverse(name, args=[client.uid])


def join(client, member, by, part="covering", **days):
    return actions.join_care_team(client=client, member=member, part=part, by=by, now=MONDAY_NOON, **days)


def sees(member, client):
    return Client.objects.visible_to(member).filter(pk=client.pk).exists()


# days


def test_a_colleague_sees_the_record_from_the_first_day_to_the_last(client_person, clinician, colleague, now):
    join(client_person, colleague, clinician, since=TODAY + DAY, until=TODAY + 2 * DAY)

    seen = []
    for days in range(4):
        now.move_to(MONDAY_NOON + days * DAY, tick=False)
        seen.append(sees(colleague, client_person))

    assert seen == [False, True, True, False]


def test_the_day_is_the_practices_own(client_person, clinician, colleague, now):
    join(client_person, colleague, clinician, until=TODAY)

    now.move_to(MONDAY_NOON.replace(hour=22, minute=59), tick=False)  # 23:59 in London
    assert sees(colleague, client_person)
    now.move_to(MONDAY_NOON.replace(hour=23, minute=1), tick=False)
    assert not sees(colleague, client_person)


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"since": TODAY - DAY}, actions.BeginsInThePast),
        ({"since": TODAY + DAY, "until": TODAY}, actions.EndsBeforeItBegins),
        ({"until": TODAY - DAY}, actions.EndsBeforeItBegins),
    ],
)
def test_days_that_cannot_be_are_refused(client_person, clinician, colleague, days, refusal):
    with pytest.raises(refusal):
        join(client_person, colleague, clinician, **days)


def test_a_primary_clinician_has_no_last_day(clinician, colleague):
    client = ClientFactory(treated_by=clinician)
    client.care_team.update(part="covering")

    with pytest.raises(actions.PrimaryHasNoEnd):
        join(client, colleague, clinician, part="primary", until=TODAY + DAY)


def test_nobody_has_two_parts_on_one_day(client_person, clinician, colleague):
    join(client_person, colleague, clinician, until=TODAY + 9 * DAY)

    with pytest.raises(actions.AlreadyInTheTeam):
        join(client_person, colleague, clinician, part="supervising", since=TODAY + 5 * DAY)


def test_who_covered_once_may_cover_again(client_person, clinician, colleague):
    join(client_person, colleague, clinician, until=TODAY + DAY)

    assert join(client_person, colleague, clinician, since=TODAY + 2 * DAY).since == TODAY + 2 * DAY


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"part": "primary"}, "one_primary_clinician_at_a_time"),
        ({"part": "covering", "since": TODAY, "until": TODAY - DAY}, "care_ends_after_it_begins"),
        ({"part": "covering", "ended_at": MONDAY_NOON}, "care_that_ended_has_a_last_day"),
    ],
)
def test_a_care_team_that_must_never_be_is_refused_by_the_database(
    client_person, colleague, facts, constraint
):
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        CareTeamMember.objects.create(
            **{"client": client_person, "member": colleague, "since": TODAY, **facts}
        )


# ending


def test_a_part_that_ends_at_once_closes_the_record_at_once(client_person, clinician, colleague, browser_of):
    join(client_person, colleague, clinician)
    browser = browser_of(colleague)
    assert browser.get(url("client", client_person)).status_code == 200

    browser_of(clinician).post(
        url("leave_care_team", client_person), {"member": str(colleague.uid), "ends": "now"}
    )

    assert browser.get(url("client", client_person)).status_code == 404


def test_what_was_to_begin_later_never_does(client_person, clinician, colleague):
    join(client_person, colleague, clinician, since=TODAY + DAY)

    actions.leave_care_team(client=client_person, member=colleague, by=clinician, now=MONDAY_NOON)

    assert not client_person.care_team.filter(member=colleague).exists()


def test_only_a_supervisor_left_is_nobody_left(client_person, clinician):
    join(client_person, MemberFactory(roles=["supervisor"]), clinician, part="supervising")

    with pytest.raises(actions.LastInTheTeam):
        actions.leave_care_team(client=client_person, member=clinician, by=clinician, now=MONDAY_NOON)


def test_one_ends_ones_own_part(client_person, clinician, colleague):
    join(client_person, colleague, clinician)

    actions.leave_care_team(
        client=client_person, member=colleague, at_once=True, by=colleague, now=MONDAY_NOON
    )

    assert not sees(colleague, client_person)


# who may


def test_who_covers_does_not_change_the_team(client_person, clinician, colleague):
    join(client_person, colleague, clinician)

    with pytest.raises(actions.NotTheirs):
        join(client_person, MemberFactory(), colleague)


def test_while_there_is_no_primary_who_covers_may(client_person, clinician, colleague):
    client_person.care_team.update(part="covering")

    assert join(client_person, colleague, clinician).member == colleague


# handing over


def test_handing_over_makes_the_other_primary_from_today(client_person, clinician, colleague, now):
    actions.hand_over(client=client_person, to=colleague, by=clinician, now=MONDAY_NOON)

    assert client_person.care_team.get(until=None).member == colleague
    now.move_to(MONDAY_NOON + DAY, tick=False)
    assert not sees(clinician, client_person)


def test_the_one_before_may_stay_as_covering(client_person, clinician, colleague, now):
    actions.hand_over(client=client_person, to=colleague, stays=True, by=clinician, now=MONDAY_NOON)

    now.move_to(MONDAY_NOON + DAY, tick=False)
    parts = CareTeamMember.objects.on(TODAY + DAY).filter(client=client_person)
    assert sorted(parts.values_list("part", "member__name")) == [
        ("covering", "Robin Vale"),
        ("primary", "Jo Marsh"),
    ]


def test_who_covers_becomes_primary(client_person, clinician, colleague):
    join(client_person, colleague, clinician)

    joined = actions.hand_over(client=client_person, to=colleague, by=clinician, now=MONDAY_NOON)

    assert joined.part == "primary"


def test_back_and_forth_on_one_day(client_person, clinician, colleague):
    actions.hand_over(client=client_person, to=colleague, by=clinician, now=MONDAY_NOON)

    back = actions.hand_over(client=client_person, to=clinician, by=colleague, now=MONDAY_NOON)

    assert client_person.care_team.get(until=None) == back


@pytest.mark.parametrize("roles", [["reception"], ["supervisor"], ["owner"]])
def test_only_a_clinician_becomes_primary(client_person, clinician, roles):
    with pytest.raises(actions.NotAClinician):
        actions.hand_over(client=client_person, to=MemberFactory(roles=roles), by=clinician, now=MONDAY_NOON)


def test_who_is_primary_already_is_not_handed_over_to(client_person, clinician):
    with pytest.raises(actions.AlreadyInTheTeam):
        actions.hand_over(client=client_person, to=clinician, by=clinician, now=MONDAY_NOON)


# the page


def test_the_page_shows_parts_and_days_to_the_care_team(browser_of, client_person, clinician, colleague):
    join(client_person, colleague, clinician, since=TODAY + DAY, until=date(2026, 7, 1))

    page = browser_of(clinician).get(url("care_team", client_person)).content.decode()

    assert all(
        words in page for words in ("Jo Marsh", "Covering", "1 July 2026", "not begun yet", "Hand over")
    )


@pytest.mark.parametrize(("who", "status"), [("colleague", 404), ("reception", 403), ("owner", 403)])
def test_the_page_is_for_the_care_team(request, browser_of, client_person, who, status):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(url("care_team", client_person)).status_code == status


def test_who_supervises_reads_the_page_and_changes_nothing(browser_of, client_person, clinician, colleague):
    join(client_person, colleague, clinician, part="supervising")
    browser = browser_of(colleague)

    page = browser.get(url("care_team", client_person)).content.decode()

    assert "Ask a colleague in" not in page
    answer = browser.post(url("hand_over", client_person), {"member": str(colleague.uid)})
    assert answer.status_code == 403


def test_a_refusal_is_said_in_the_form(browser_of, client_person, clinician, colleague):
    sent = {"member": str(colleague.uid), "part": "covering", "since": "2026-05-01"}

    answer = browser_of(clinician).post(url("join_care_team", client_person), sent)

    assert answer.status_code == 422
    assert "Care begins today or later." in answer.content.decode()


def test_handing_over_on_the_page(browser_of, client_person, clinician, colleague):
    browser_of(clinician).post(url("hand_over", client_person), {"member": str(colleague.uid), "stays": "on"})

    assert sees(colleague, client_person)


# appointing


def test_an_owner_finds_the_clients_whom_nobody_treats(
    browser_of, owner, client_person, clinician, colleague
):
    lonely = ClientFactory(name="Ash Fern", treated_by=colleague, focus="Grief")
    colleague.is_active = False
    colleague.save()

    page = browser_of(owner).get(reverse("clients_and_clinicians")).content.decode()

    assert lonely.reference in page
    assert "Ash Fern" in page
    assert client_person.reference not in page
    assert "Grief" not in page


def test_an_owner_appoints_without_reading_the_record(browser_of, owner, colleague, client_person, clinician):
    browser = browser_of(owner)

    browser.post(url("appoint_clinician", client_person), {"clinician": str(colleague.uid)})

    assert client_person.care_team.get(until=None).member == colleague
    assert browser.get(url("client", client_person)).status_code in {403, 404}


def test_an_owner_finds_one_client_by_reference(browser_of, owner, client_person):
    page = browser_of(owner).get(reverse("clients_and_clinicians"), {"q": client_person.reference.lower()})

    assert "Treated by Robin Vale" in page.content.decode()


def test_nobody_else_appoints(browser_of, clinician, reception, client_person):
    for member in (clinician, reception):
        answer = browser_of(member).post(
            url("appoint_clinician", client_person), {"clinician": str(clinician.uid)}
        )
        assert answer.status_code == 403


# nobody is left


of_a_settled_house = pytest.mark.usefixtures("settled_house")
"""What Today says about the house itself is told elsewhere."""


def today_of(member, now=MONDAY_NOON):
    return list(contributions.attention(member, now))


@pytest.fixture
def something_waits(client_person, clinician):
    asked = ask_screening(client=client_person, purpose="intake", by=clinician, now=MONDAY_NOON - DAY)
    answer(
        response=asked.responses.get(instrument="phq9"),
        item="q9",
        value=1,
        by=client_person.member,
        now=MONDAY_NOON,
    )


@of_a_settled_house
def test_an_owner_reads_on_today_that_nobody_treats_a_client(client_person, owner):
    client_person.care_team.all().delete()

    [item] = today_of(owner)

    assert (item.urgency, str(item.title)) == (
        "waiting",
        f"{client_person.reference} has nobody who treats them",
    )
    assert item.url.startswith(reverse("clients_and_clinicians"))


@of_a_settled_house
def test_where_something_waits_it_stands_on_top_and_says_no_more(client_person, owner, something_waits):
    client_person.care_team.all().delete()

    [item] = today_of(owner)

    assert (item.urgency, item.text) == ("alert", "Something waits to be read.")
    assert not {"safety", "sam", "wood"} & set(f"{item.title} {item.text}".lower().split())


@of_a_settled_house
def test_nobody_but_an_owner_reads_it(client_person, clinician, reception):
    client_person.care_team.all().delete()

    assert [today_of(clinician), today_of(reception)] == [[], []]


@of_a_settled_house
def test_more_untreated_clients_cost_no_more_queries(owner, django_assert_num_queries):
    ClientFactory()
    with CaptureQueriesContext(connection) as one:
        today_of(owner)
    for _client in range(4):
        ClientFactory()

    with django_assert_num_queries(len(one)):
        assert len(today_of(owner)) == 5


@of_a_settled_house
def test_the_last_part_that_runs_out_is_announced_a_week_ahead(client_person, owner, colleague):
    client_person.care_team.all().delete()
    CareTeamMember.objects.create(
        client=client_person, member=colleague, part="covering", since=TODAY, until=TODAY + 9 * DAY
    )

    early = [str(item.title) for item in today_of(owner) + today_of(colleague)]
    later = [str(one.title) for who in (owner, colleague) for one in today_of(who, MONDAY_NOON + 2 * DAY)]

    assert early == []
    assert later == [
        f"{client_person.reference}: nobody treats them after 10 June 2026",
        "Sam Wood: nobody treats them after 10 June 2026",
    ]


@pytest.mark.parametrize("begins", [3, 4])
@of_a_settled_house
def test_somebody_who_takes_over_ends_the_announcement(client_person, owner, colleague, begins):
    client_person.care_team.all().delete()
    days = ((colleague, TODAY, TODAY + 3 * DAY), (MemberFactory(), TODAY + begins * DAY, None))
    for member, since, until in days:
        CareTeamMember.objects.create(
            client=client_person, member=member, part="covering", since=since, until=until
        )

    assert today_of(owner) == []


def test_a_colleague_whose_clients_have_nobody_else_is_not_let_go_by_mistake(
    client_person, clinician, owner, browser_of
):
    browser, page = browser_of(owner), reverse("member", args=[clinician.uid])

    said = browser.post(reverse("deactivate_member", args=[clinician.uid]), follow=True).content.decode()

    clinician.refresh_from_db()
    assert clinician.is_active
    assert "Nobody else treats some of their clients" in said
    assert client_person.reference in browser.get(page).content.decode()
    assert "Sam Wood" not in said


@of_a_settled_house
def test_an_owner_who_says_so_lets_them_go_even_so(client_person, clinician, owner, browser_of):
    browser_of(owner).post(reverse("deactivate_member", args=[clinician.uid]), {"even_so": "on"})

    clinician.refresh_from_db()
    assert not clinician.is_active
    assert [item.urgency for item in today_of(owner)] == ["waiting"]


def test_a_role_that_treats_is_not_taken_by_mistake(client_person, clinician, owner):
    with pytest.raises(LeavesClientsAlone):
        change_rights(member=clinician, roles=["reception"], rights=[], by=owner, now=MONDAY_NOON)


def test_who_shares_the_care_may_go(client_person, clinician, colleague, owner):
    join(client_person, colleague, clinician)

    deactivate_member(member=clinician, by=owner, now=MONDAY_NOON)

    clinician.refresh_from_db()
    assert not clinician.is_active


def test_the_client_is_not_told_that_somebody_reads_it(client_person, something_waits, browser_of):
    client_person.care_team.all().delete()
    uid = Screening.objects.get().uid

    page = browser_of(client_person.member).get(reverse("my_support", args=[uid])).content.decode()

    assert "your clinician’s list" not in page
    assert "the practice is asked at once to name somebody" in page


# one's own hand


@pytest.fixture
def treating_owner():
    """Keeps the practice and treats clients."""
    return MemberFactory(roles=["owner", "clinician"])


def test_an_owner_does_not_let_themself_into_a_record(client_person, treating_owner):
    with pytest.raises(actions.AppointedByAnother):
        actions.hand_over(client=client_person, to=treating_owner, by=treating_owner, now=MONDAY_NOON)
    with pytest.raises(actions.AppointedByAnother):
        actions.join_care_team(
            client=client_person, member=treating_owner, part="covering", by=treating_owner, now=MONDAY_NOON
        )


def test_nor_where_another_owner_could(client_person, clinician, owner, treating_owner):
    Member.objects.filter(pk=clinician.pk).update(is_active=False)

    with pytest.raises(actions.AppointedByAnother):
        actions.hand_over(client=client_person, to=treating_owner, by=treating_owner, now=MONDAY_NOON)


def test_the_only_owner_takes_over_whom_nobody_treats_and_it_is_told(
    client_person, clinician, treating_owner, mailoutbox, django_capture_on_commit_callbacks
):
    Member.objects.filter(pk=clinician.pk).update(is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        actions.hand_over(client=client_person, to=treating_owner, by=treating_owner, now=MONDAY_NOON)

    [day] = seen_by(client_person, "", to_client=True).days
    assert [row.what for row in day.rows] == ["took the care over by their own appointment"]
    assert day.rows[0].is_emergency
    assert [letter.to for letter in mailoutbox] == [[clinician.user.email]]
    assert client_person.name not in mailoutbox[0].body
