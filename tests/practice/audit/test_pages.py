"""The trail as its keeper reads it."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from practice import contributions
from practice.audit import record
from practice.audit.actions import check_trail
from practice.audit.screens import mark_of, place_of
from practice.jobs.actions import do_one
from practice.models import AuditEvent, TrailCheck
from tests.factories import ClientFactory, MemberFactory

pytestmark = pytest.mark.django_db
TRAIL = "/trail/"


@pytest.fixture
def keeper(owner, browser_of):
    return browser_of(owner)


def _text(answer):
    return answer.content.decode()


def _read(client, by, minutes_ago=1, **said):
    at = timezone.now() - timedelta(minutes=minutes_ago)
    record("client_read", on=client, by=by, at=at, client=client, part="record", **said)


def test_a_line_says_who_what_whose_and_the_outcome(keeper, client_person, clinician):
    _read(client_person, clinician)

    page = _text(keeper.get(TRAIL))

    assert "Robin Vale" in page
    assert "opened the record" in page
    assert client_person.reference in page
    assert "Clinician" in page


def test_the_page_names_no_client(keeper, client_person, clinician):
    _read(client_person, clinician)
    record("run_logged", on=None, by=client_person.member, at=timezone.now(), client=client_person)

    assert client_person.name not in _text(keeper.get(TRAIL))
    assert not AuditEvent.objects.filter(member_name=client_person.name).exists()


def test_reading_the_trail_is_told_in_the_trail_once(keeper, owner):
    keeper.get(TRAIL, {"client": "TP-0001"})

    line = AuditEvent.objects.get(action="trail_read")
    assert (line.member_uid, line.detail["asked_client"]) == (owner.uid, "TP-0001")


def test_views_that_repeat_are_folded(keeper, client_person, clinician):
    for minutes_ago in (5, 4, 3):
        _read(client_person, clinician, minutes_ago)

    page = _text(keeper.get(TRAIL))

    assert page.count("opened the record") == 1
    assert "3 times since" in page


@pytest.mark.parametrize("role", ["clinician", "colleague", "reception"])
def test_nobody_else_may_read_it(role, request, browser_of):
    browser = browser_of(request.getfixturevalue(role))

    assert browser.get(TRAIL).status_code == 403
    assert browser.get(f"{TRAIL}export/csv/").status_code == 403
    assert browser.post(f"{TRAIL}check/").status_code == 403


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"kind": "refused"}, ["denied"]),
        ({"outcome": "refused"}, ["denied"]),
        ({"kind": "sign-in", "since": "2026-02-01"}, ["signed_in"]),
        ({"client": "tp-9001"}, ["client_read"]),
        ({"since": "2026-01-02", "until": "2026-01-02"}, ["signed_out"]),
    ],
)
def test_it_can_be_narrowed(keeper, clinician, asked, seen):
    now = timezone.now()
    client = ClientFactory(reference="TP-9001")
    record("denied", on=None, by=clinician, at=now, outcome="refused", reason="not_permitted")
    record("signed_in", on=clinician, by=clinician, at=now)
    record("signed_out", on=clinician, by=clinician, at=now.replace(year=2026, month=1, day=2))
    _read(client, clinician)

    exported = keeper.get(f"{TRAIL}export/json/", asked)

    assert [line["action"] for line in json.loads(b"".join(exported.streaming_content))] == seen


def test_it_can_be_narrowed_to_a_person(keeper, clinician, colleague):
    record("signed_in", on=clinician, by=clinician, at=timezone.now())
    record("signed_out", on=colleague, by=colleague, at=timezone.now())

    page = _text(keeper.get(TRAIL, {"person": str(colleague.uid)}))

    assert "signed out" in page
    assert "signed in" not in page


def test_rows_of_the_database_come_only_when_asked_for(keeper):
    ClientFactory()

    assert "added a row" not in _text(keeper.get(TRAIL))
    assert "added a row" in _text(keeper.get(TRAIL, {"kind": "row"}))


def test_nonsense_in_the_address_narrows_nothing(keeper):
    answer = keeper.get(
        TRAIL, {"person": "x", "kind": "y", "since": "z", "after": "99999999999999999999_q", "client": "\0"}
    )

    assert answer.status_code == 200


def test_a_page_goes_on_where_the_last_one_ended(keeper, clinician):
    for number in range(120):
        record("signed_in", on=clinician, by=clinician, at=timezone.now() - timedelta(minutes=number))
    seen, address = [], TRAIL
    while address:
        context = keeper.get(address, {"kind": "sign-in"} if address == TRAIL else {}).context
        seen += [row.at for day in context["page"].days for row in day.rows]
        mark = context["page"].next
        address = f"{TRAIL}?kind=sign-in&after={mark}" if mark else ""

    assert len(seen) == 120
    assert seen == sorted(seen, reverse=True)


def test_a_place_survives_the_address(clinician):
    record("signed_in", on=clinician, by=clinician, at=timezone.now())
    line = AuditEvent.objects.acts().get()

    assert place_of(mark_of(line)) == (line.at, line.uid)


@pytest.mark.parametrize("how_many", [3, 60])
def test_the_page_asks_the_database_the_same_however_long_the_trail_is(keeper, clinician, how_many):
    for number in range(how_many):
        record("signed_in", on=clinician, by=clinician, at=timezone.now() - timedelta(minutes=number))

    with CaptureQueriesContext(connection) as asked:
        keeper.get(TRAIL)

    about_it = [
        q["sql"] for q in asked.captured_queries if "practice_audit" in q["sql"] or "trail" in q["sql"]
    ]
    assert len(about_it) <= 4


def test_an_empty_trail_says_when_it_starts(keeper):
    page = _text(keeper.get(TRAIL, {"client": "TP-0000"}))

    assert "No line of the trail is like that" in page


def test_the_check_stands_on_the_page(keeper, home):
    check_trail(by=None, now=timezone.now())

    assert "intact" in _text(keeper.get(TRAIL))


def test_a_check_can_be_asked_for_and_is_done_by_a_worker(keeper, home):
    keeper.post(f"{TRAIL}check/")
    keeper.post(f"{TRAIL}check/")

    assert keeper.get(f"{TRAIL}check/progress/").status_code == 200
    assert do_one(timezone.now())
    assert not do_one(timezone.now())
    assert TrailCheck.objects.get().fault == ""
    assert keeper.get(f"{TRAIL}check/progress/").headers["HX-Refresh"] == "true"


def test_a_broken_trail_comes_first_on_the_keepers_today(owner, clinician, keeper):
    TrailCheck.objects.create(
        at=timezone.now(),
        sealed=5,
        unsealed=0,
        milliseconds=1,
        fault="line_gone",
        where={"number": 3},
    )

    waits = [one for one in contributions.attention(owner, timezone.now()) if one.urgency == "alert"]

    assert [str(one.text) for one in waits] == ["Line 3 of the chain is gone."]
    assert "Line 3 of the chain is gone." in _text(keeper.get(TRAIL))
    assert not [
        one for one in contributions.attention(clinician, timezone.now()) if "trail" in str(one.title)
    ]


def test_the_spreadsheet_holds_no_formula(keeper):
    mean = MemberFactory(name="=HYPERLINK(1)")
    record("signed_in", on=mean, by=mean, at=timezone.now())

    answer = keeper.get(f"{TRAIL}export/csv/", {"kind": "sign-in"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))

    assert rows[0][:3] == ["at", "person", "role"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_fhir_says_who_what_when_and_how_it_ended(keeper, client_person, clinician):
    record(
        "denied",
        on=None,
        by=clinician,
        at=timezone.now(),
        client=client_person,
        outcome="refused",
        reason="not_in_care",
    )

    answer = keeper.get(f"{TRAIL}export/fhir/", {"kind": "refused"})
    bundle = json.loads(b"".join(answer.streaming_content))

    event = bundle["entry"][0]["resource"]
    assert (event["resourceType"], event["action"], event["outcome"]) == ("AuditEvent", "E", "4")
    assert event["agent"][0]["name"] == "Robin Vale"
    assert event["entity"][0]["what"]["identifier"]["value"] == client_person.reference
    assert event["purposeOfEvent"] == [{"text": "not_in_care"}]


def test_taking_a_copy_is_told_once_and_asks_who_it_is(keeper):
    keeper.get(f"{TRAIL}export/csv/")

    assert AuditEvent.objects.filter(action="trail_exported").count() == 1
    assert reverse("export_trail", args=["csv"]) == f"{TRAIL}export/csv/"
    assert keeper.get(f"{TRAIL}export/pdf/").status_code == 404
