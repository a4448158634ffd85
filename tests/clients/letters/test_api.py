"""Letters for programs: the client reads their own and says so, the care team reads what was sent."""

import pytest

from clients.letters import actions
from clients.letters.models import Letter
from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.clients.screening.answering import decide
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
URL = "/api/v1/letters/"
TEXT = "Thank you for your honest answers.\n\nRobin Vale"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def own(api_of, client_person):
    return api_of(client_person.member)


@pytest.fixture
def sent(client_person, clinician):
    """Send a letter about a decision of today."""

    def do(way="portal"):
        clearance = decide(
            client=client_person,
            mode="walk",
            decision="hold",
            rationale="To look at.",
            by=clinician,
            now=MONDAY_NOON,
        )
        letter = actions.Written(kind="not_now", text=TEXT, way=way)
        return actions.send_letter(clearance=clearance, letter=letter, by=clinician, now=MONDAY_NOON)

    return do


def acts():
    return AuditEvent.objects.acts()


def test_a_client_finds_their_letter_and_reads_it(own, sent):
    letter = sent()

    line = own.get(URL).json()["results"][0]
    read = own.get(f"{URL}{line['id']}/").json()

    assert (line["id"], line["title"], line["read_at"]) == (str(letter.uid), "Not moving together now", None)
    assert "text" not in line
    assert (read["text"], read["written_by"]) == (TEXT, "Robin Vale")


def test_reading_it_says_nothing_and_leaves_one_line(own, sent):
    letter = sent()
    before = acts().count()

    own.get(f"{URL}{letter.uid}/")

    assert Letter.objects.get().read_at is None
    assert [line.action for line in acts().order_by("pk")[before:]] == ["letter_opened"]


def test_saying_that_it_is_read_counts_once(own, sent, time_machine):
    letter = sent()

    first = own.post(f"{URL}{letter.uid}/read/")
    time_machine.shift(60)
    again = own.post(f"{URL}{letter.uid}/read/")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["read_at"] == again.json()["read_at"] is not None
    assert acts().filter(action="letter_read").count() == 1


def test_the_care_team_reads_the_same_letter_and_whether_it_was_read(
    own, api_of, clinician, client_person, sent
):
    letter = sent()
    own.post(f"{URL}{letter.uid}/read/")

    rows = api_of(clinician).get(URL, {"client": str(client_person.uid)}).json()["results"]

    assert [row["id"] for row in rows] == [str(letter.uid)]
    assert rows[0]["read_at"]
    assert api_of(clinician).get(f"{URL}{letter.uid}/").json()["text"] == TEXT


def test_nobody_of_the_practice_reads_it_in_the_clients_name(api_of, clinician, sent):
    assert api_of(clinician).post(f"{URL}{sent().uid}/read/").status_code == 403


def test_what_was_given_on_paper_is_not_on_the_clients_pages(own, api_of, clinician, sent):
    letter = sent(way="paper")

    assert own.get(URL).json()["results"] == []
    assert own.get(f"{URL}{letter.uid}/").status_code == 404
    assert own.post(f"{URL}{letter.uid}/read/").status_code == 404
    assert api_of(clinician).get(f"{URL}{letter.uid}/").json()["way"] == "paper"


def test_others_find_no_letter(api_of, colleague, stranger, client_person, sent):
    letter = sent()

    for member in (colleague, stranger.member):
        assert api_of(member).get(URL).json()["results"] == []
        assert api_of(member).get(f"{URL}{letter.uid}/").status_code == 404
    assert api_of(colleague).get(URL, {"client": str(client_person.uid)}).status_code == 404


def test_neither_the_desk_nor_an_owner_reads_letters(api_of, reception, owner, sent):
    letter = sent()

    for member in (reception, owner):
        assert api_of(member).get(URL).status_code == 403
        assert api_of(member).get(f"{URL}{letter.uid}/").status_code == 403


def test_an_id_that_is_none_is_told_so(api_of, clinician):
    answer = api_of(clinician).get(URL, {"client": "x"})

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"client": ["This is not an id."]}


@pytest.mark.parametrize(("scope", "status"), [("letters", 200), ("screenings", 403)])
def test_a_key_reads_letters_only_where_it_was_made_for_them(client, client_person, sent, scope, status):
    letter = sent()
    key = create_token(member=client_person.member, scopes=[scope], name="phone", now=MONDAY_NOON)[1]

    answer = client.get(f"{URL}{letter.uid}/", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == status
