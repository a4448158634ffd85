"""Safety plans for programs: who reads and writes which version, and what is refused with which words."""

import pytest

from clients.models import CareTeamMember, SafetyPlan
from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.clients.safety.conftest import LOOK_AGAIN, WORDS
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def url(client_person):
    return f"/api/v1/clients/{client_person.uid}/safety-plan/"


@pytest.fixture
def staff(api_of, clinician):
    return api_of(clinician)


@pytest.fixture
def own(api_of, client_person):
    return api_of(client_person.member)


def said(**changes):
    return {
        "signs": "I sleep by day.",
        "look_again_on": "2026-07-01",
        "version": 0,
        "is_agreed": True,
    } | changes


def acts_since(before):
    return [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]]


def test_a_clinician_writes_it_and_the_client_reads_it(staff, own, url):
    written = staff.post(url, said(), format="json")

    read = own.get(url).json()

    assert written.status_code == 201
    assert (read["plan"]["signs"], read["plan"]["people"], read["plan"]["version"]) == (
        "I sleep by day.",
        "",
        1,
    )
    assert read["may_write"] is False


def test_without_one_there_is_nothing_to_read_and_no_error(staff, own, url):
    assert staff.get(url).json()["plan"] is None
    assert own.get(url).json()["plan"] is None
    assert staff.get(url).json()["may_write"] is True


def test_each_version_stays(staff, url, write):
    write()
    staff.post(url, said(signs="Curtains closed.", version=1), format="json")

    page = staff.get(url).json()
    before = staff.get(f"{url}1/").json()

    assert [line["version"] for line in page["versions"]] == [2, 1]
    assert (before["plan"]["signs"], before["is_old"]) == (WORDS.signs, True)


def test_a_draft_is_not_shown_to_the_client(own, staff, url, write):
    write()
    write(is_agreed=False, seen_version=1)

    read = own.get(url).json()

    assert read["plan"]["version"] == 1
    assert [line["version"] for line in read["versions"]] == [1]
    assert own.get(f"{url}2/").status_code == 404
    assert staff.get(f"{url}2/").status_code == 200


def test_both_went_through_it_and_it_still_holds(staff, url, write):
    write()

    answer = staff.post(f"{url}looked/", {"version": 1, "look_again_on": "2026-09-01"}, format="json")

    assert answer.status_code == 200
    assert (answer.json()["version"], answer.json()["look_again_on"]) == (1, "2026-09-01")
    assert answer.json()["looked_at"]


@pytest.mark.parametrize(
    ("changes", "status", "code", "words"),
    [
        ({"signs": ""}, 409, "plan_says_nothing", "Write down one step at least."),
        ({"version": 4}, 409, "plan_changed", "There is a newer version by now."),
        ({"look_again_on": "2026-06-01"}, 409, "not_a_day_to_look_again", "Choose a day after today"),
        ({"look_again_on": "2028-06-01"}, 409, "not_a_day_to_look_again", "within a year"),
        ({"look_again_on": "soon"}, 400, "invalid", "look_again_on"),
        ({"signs": "x" * 4001}, 400, "invalid", "no more than 4000"),
        ({"signs": "a\x1b[31mb"}, 400, "invalid", "Please type it again"),
        ({"calories": "many"}, 400, "invalid", "Unknown field"),
    ],
)
def test_what_cannot_be_kept_says_what_to_do(staff, url, changes, status, code, words):
    answer = staff.post(url, said(**changes), format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert words in answer.content.decode()
    assert not SafetyPlan.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told(staff, url):
    first, second = (staff.post(url, said(), format="json") for _time in range(2))

    assert (first.status_code, second.status_code) == (201, 409)
    assert SafetyPlan.objects.count() == 1


def test_there_is_nothing_to_look_at_before_the_first_version(staff, url):
    answer = staff.post(f"{url}looked/", {"version": 0, "look_again_on": "2026-09-01"}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_changed")


def test_the_client_writes_none(own, url, write):
    write()

    assert own.post(url, said(version=1), format="json").status_code == 403
    body = {"version": 1, "look_again_on": "2026-09-01"}
    assert own.post(f"{url}looked/", body, format="json").status_code == 403


def test_who_only_reads_the_record_reads_and_writes_nothing(api_of, url, client_person, write):
    write()
    covering = MemberFactory(roles=["clinician"])
    CareTeamMember.objects.create(
        client=client_person, member=covering, part="supervising", since=MONDAY_NOON.date()
    )

    assert api_of(covering).get(url).json()["may_write"] is False
    assert api_of(covering).post(url, said(version=1), format="json").status_code == 403


def test_others_find_no_plan(api_of, colleague, stranger, url, write):
    write()

    for member in (colleague, stranger.member):
        assert api_of(member).get(url).status_code == 404
        assert api_of(member).get(f"{url}1/").status_code == 404
    assert api_of(colleague).post(url, said(), format="json").status_code == 404


def test_neither_the_desk_nor_an_owner_reads_it(api_of, reception, owner, url, write):
    write()

    for member in (reception, owner):
        assert api_of(member).get(url).status_code == 403
        assert api_of(member).post(url, said(), format="json").status_code == 403


def test_reading_and_writing_leave_a_line_each(staff, url):
    before = AuditEvent.objects.acts().count()

    staff.post(url, said(look_again_on=str(LOOK_AGAIN)), format="json")
    staff.get(url)

    assert acts_since(before) == ["safety_plan_written", "safety_plan_read"]


class TestWhatHelpersShouldKnow:
    @pytest.fixture
    def helpers(self, client_person):
        return f"/api/v1/clients/{client_person.uid}/helpers/"

    def test_it_is_written_down_read_and_taken_away(self, staff, helpers):
        written = staff.put(helpers, {"words": "Wasps. The pen is in the left pocket."}, format="json")
        read = staff.get(helpers)
        empty = staff.put(helpers, {"words": ""}, format="json")

        assert (written.status_code, written.json()) == (200, read.json())
        assert (read.json()["words"], read.json()["said_on"]) == (
            "Wasps. The pen is in the left pocket.",
            "2026-06-01",
        )
        assert empty.json() == {"words": "", "said_on": None, "from_answers": False}

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ({}, "This field is required"),
            ({"words": "x" * 1001}, "no more than 1000"),
            ({"words": 1, "by": 2}, "Unknown"),
        ],
    )
    def test_what_cannot_be_kept_says_why(self, staff, helpers, body, words):
        answer = staff.put(helpers, body, format="json")

        assert answer.status_code == 400
        assert words in answer.content.decode()

    def test_it_is_for_those_who_treat_the_client(
        self, api_of, own, colleague, reception, client_person, helpers
    ):
        reads_only = MemberFactory(roles=["clinician"])
        CareTeamMember.objects.create(
            client=client_person, member=reads_only, part="supervising", since=MONDAY_NOON.date()
        )

        callers = (own, api_of(reads_only), api_of(reception), api_of(colleague))
        statuses = [
            (caller.get(helpers).status_code, caller.put(helpers, {"words": "x"}, format="json").status_code)
            for caller in callers
        ]

        assert statuses == [(403, 403), (403, 403), (403, 403), (404, 404)]

    def test_reading_and_writing_leave_a_line_each(self, staff, helpers):
        before = AuditEvent.objects.acts().count()

        staff.put(helpers, {"words": "Wasps."}, format="json")
        staff.get(helpers)

        assert acts_since(before) == ["first_aid_noted", "safety_plan_read"]


@pytest.mark.parametrize(("scope", "status"), [("safety", 200), ("clients", 403), ("screenings", 403)])
def test_a_key_reads_plans_only_where_it_was_made_for_them(client, clinician, url, write, scope, status):
    write()
    key = create_token(member=clinician, scopes=[scope], name="a script", now=MONDAY_NOON)[1]

    answer = client.get(url, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == status
