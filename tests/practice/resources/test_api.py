"""The table for programs: everybody is given what stands, who keeps it changes it, and a refusal says what to do."""

from datetime import date

import pytest

from practice.models import AuditEvent, Resource
from practice.people.tokens import create_token
from practice.resources import actions
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/resources/"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def keeper(api_of, owner, table):
    return api_of(owner)


@pytest.fixture
def kept(owner, table, line_of):
    """A line of the practice's own."""
    return actions.add_resource(words=line_of(), by=owner, now=MONDAY_NOON)


def said(**changes):
    return {"name": "Night line", "need": "crisis", "country": "GB", "phone": "01632 960123"} | changes


def listed(caller, **asked):
    answer = caller.get(URL, {"page_size": 100, **asked})
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_everybody_with_a_sign_in_is_given_what_stands(
    api_of, table, owner, clinician, reception, client_person
):
    supervisor = MemberFactory(roles=["supervisor"])

    lists = [
        listed(api_of(member)) for member in (owner, clinician, reception, supervisor, client_person.member)
    ]

    assert "Samaritans" in lists[0]
    assert all(names == lists[0] for names in lists)


def test_a_client_reads_how_to_reach_it_and_nobody_by_name(api_of, keeper, kept, client_person):
    keeper.post(f"{URL}{kept.uid}/confirm/", {"version": 1}, format="json")

    theirs = api_of(client_person.member).get(f"{URL}{kept.uid}/").json()
    ours = keeper.get(f"{URL}{kept.uid}/").json()

    assert (theirs["phone"], theirs["verified_on"], theirs["verified_by"]) == (
        "01632 960123",
        "2026-06-01",
        "",
    )
    assert ours["verified_by"] == "Alex Brook"


def test_what_was_put_away_is_given_to_nobody_but_who_looks_after_the_table(
    api_of, keeper, kept, client_person, reception
):
    keeper.post(f"{URL}{kept.uid}/archive/")

    for member in (client_person.member, reception):
        assert "Night line" not in listed(api_of(member))
        assert listed(api_of(member), archived="true") == []
        assert api_of(member).get(f"{URL}{kept.uid}/").status_code == 404
    assert "Night line" not in listed(keeper)
    assert listed(keeper, archived="true") == ["Night line"]


def test_it_is_searched_by_words_need_country_and_what_is_due(keeper, kept):
    assert listed(keeper, q="960123") == ["Night line"]
    assert "Night line" not in listed(keeper, need="eating")
    assert "Night line" in listed(keeper, country="GB", need="crisis")
    assert "Night line" in listed(keeper, due="true")


def test_a_search_that_is_not_understood_says_so(keeper):
    answer = keeper.get(URL, {"country": "Atlantis"})

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"country": ["Please choose one of these."]}


def test_a_long_table_comes_a_page_at_a_time(keeper):
    first = keeper.get(URL, {"page_size": 2}).json()
    second = keeper.get(first["next"]).json()

    assert len(first["results"]) == 2
    assert not {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}


def test_the_way_onward_keeps_what_was_asked_for_and_nothing_else(keeper):
    onward = keeper.get(URL, {"page_size": 2, "need": "crisis", "debug": "1"}).json()["next"]

    assert "need=crisis" in onward
    assert "debug" not in onward
    assert {row["need"] for row in keeper.get(onward).json()["results"]} == {"crisis"}


def test_a_new_one_is_written_down_and_confirmed_by_nobody_yet(keeper):
    answer = keeper.post(URL, said(), format="json")

    assert answer.status_code == 201
    assert (answer.json()["verified_on"], answer.json()["is_due"]) == (None, True)
    assert Resource.objects.get(uid=answer.json()["id"]).added_by is not None


def test_another_number_has_to_be_confirmed_anew(keeper, kept):
    confirmed = keeper.post(f"{URL}{kept.uid}/confirm/", {"version": 1}, format="json").json()
    edited = keeper.put(f"{URL}{kept.uid}/", said(phone="01632 960999", version=1), format="json").json()

    assert (confirmed["verified_on"], confirmed["is_due"]) == ("2026-06-01", False)
    assert (edited["phone"], edited["verified_on"], edited["version"]) == ("01632 960999", None, 2)


def test_it_is_brought_back(keeper, kept):
    keeper.post(f"{URL}{kept.uid}/archive/")

    answer = keeper.post(f"{URL}{kept.uid}/restore/")

    assert (answer.status_code, answer.json()["archived_at"]) == (200, None)


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"phone": ""}, 409, "Write down how it is reached"),
        ({"phone": "call us"}, 400, "Write a number that can be dialled"),
        ({"link": "ftp://x.example"}, 400, "https://service.example"),
        ({"country": "ZZ"}, 400, "Please choose one of these"),
        ({"need": "money"}, 400, "is not a valid choice"),
        ({"name": ""}, 400, "name"),
        ({"name": "a\x1bb"}, 400, "hidden character"),
        ({"words": "x" * 301}, 400, "no more than 300"),
        ({"colour": "red"}, 400, "Unknown field"),
    ],
)
def test_what_cannot_be_kept_says_what_to_do(keeper, changes, status, words):
    count = Resource.objects.count()

    answer = keeper.post(URL, said(**changes), format="json")

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert Resource.objects.count() == count


@pytest.mark.parametrize("door", ["", "confirm/"])
def test_who_looked_at_an_older_version_is_told(keeper, kept, door):
    Resource.objects.filter(pk=kept.pk).update(version=3)
    send = keeper.post if door else keeper.put

    answer = send(f"{URL}{kept.uid}/{door}", {**({} if door else said()), "version": 1}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "resource_changed")


def test_the_last_number_for_emergencies_is_not_put_away(keeper, table):
    rows = table.standing().filter(country="GB", need="emergency")

    answers = [keeper.post(f"{URL}{row.uid}/archive/") for row in rows]

    assert answers[-1].status_code == 409
    assert answers[-1].json()["code"] == "help_page_would_be_empty"
    assert table.standing().filter(country="GB", need="emergency").exists()


def test_nobody_else_changes_anything(api_of, kept, reception, client_person):
    supervisor = MemberFactory(roles=["supervisor"])

    for member in (supervisor, reception, client_person.member):
        caller = api_of(member)
        assert caller.post(URL, said(), format="json").status_code == 403
        assert caller.put(f"{URL}{kept.uid}/", said(version=1), format="json").status_code == 403
        for door in ("confirm/", "archive/", "restore/"):
            assert caller.post(f"{URL}{kept.uid}/{door}").status_code == 403


def test_each_change_leaves_one_line(keeper, kept):
    before = AuditEvent.objects.acts().count()

    keeper.post(f"{URL}{kept.uid}/confirm/", {"version": 1}, format="json")
    keeper.get(URL)

    assert [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]] == [
        "resource_confirmed"
    ]


def test_who_confirmed_it_and_when_is_kept(keeper, kept, owner):
    keeper.post(f"{URL}{kept.uid}/confirm/", {"version": 1}, format="json")

    kept.refresh_from_db()
    assert (kept.verified_by, kept.verified_on) == (owner, date(2026, 6, 1))


@pytest.mark.parametrize(("scope", "status"), [("resources", 200), ("runs", 403)])
def test_a_clients_key_lists_them_only_where_it_was_made_for_them(
    client, client_person, table, scope, status
):
    key = create_token(member=client_person.member, scopes=[scope], name="phone", now=MONDAY_NOON)[1]

    answer = client.get(URL, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == status
