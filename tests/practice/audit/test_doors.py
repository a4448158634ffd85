"""What goes through a door leaves exactly one line: who, what, whose, from where, and how it ended."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.factories import (
    PASSWORD,
    ClearanceFactory,
    MemberFactory,
    NoteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(client_person, clinician):
    """A client with something in every room; the names of doors with what they ask for."""
    run = RunLogFactory(client=client_person, share=True)
    screening = ScreeningFactory(client=client_person, asked_by=clinician)
    ClearanceFactory(client=client_person)
    session = SessionFactory(client=client_person, clinician=clinician, completed=True)
    note = NoteFactory(session=session, author=clinician)
    return {"client": client_person, "run": run, "screening": screening, "session": session, "note": note}


def _acts():
    return list(AuditEvent.objects.acts().order_by("pk"))


OF_STAFF = [
    ("client", "client", "client_read"),
    ("edit_client", "client", "client_read"),
    ("client_runs", "client", "client_read"),
    ("log_for_client", "client", "client_read"),
    ("client_measures", "client", "client_read"),
    ("client_seen_by", "client", "client_read"),
    ("ask_screening", "client", "client_read"),
    ("decide_clearance", "client", "client_read"),
    ("ask_summary", "client", "client_read"),
    ("screening", "screening", "screening_opened"),
    ("session", "session", "client_read"),
    ("note", "session", "note_read"),
    ("sign_note", "session", "note_read"),
    ("api_client", "client", "client_read"),
    ("api_run", "run", "client_read"),
    ("api_screening", "screening", "screening_opened"),
    ("api_session", "session", "client_read"),
    ("api_note", "note", "note_read"),
]


@pytest.mark.parametrize(("door", "thing", "action"), OF_STAFF)
def test_each_door_to_a_record_leaves_one_line(door, thing, action, life, browser_of, clinician):
    browser = browser_of(clinician)

    answer = browser.get(reverse(door, args=[life[thing].uid]))

    assert answer.status_code == 200, (door, answer.status_code)
    lines = _acts()
    assert [(line.action, line.client_uid, line.member_uid) for line in lines] == [
        (action, life["client"].uid, clinician.uid)
    ]
    assert (lines[0].outcome, lines[0].address, lines[0].member_roles) == ("done", "127.0.0.1", "clinician")
    assert lines[0].request == answer.headers["X-Request-ID"]


LISTS = [
    "today",
    "caseload",
    "calendar",
    "review_queue",
    "summaries",
    "api_clients",
    "api_runs",
    "api_screenings",
    "api_clearances",
    "api_alerts",
    "api_sessions",
    "api_summaries",
]


@pytest.mark.parametrize("door", LISTS)
def test_each_list_leaves_one_line_with_its_length(door, life, browser_of, clinician):
    answer = browser_of(clinician).get(reverse(door))

    assert answer.status_code == 200
    lines = _acts()
    assert [line.action for line in lines] == ["list_read"]
    assert isinstance(lines[0].detail["count"], int)


OWN = ["portal_home", "portal_history", "portal_plan", "portal_log", "my_seen_by"]


@pytest.mark.parametrize("door", OWN)
def test_a_clients_own_pages_leave_one_line(door, client_person, browser_of):
    browser_of(client_person.member).get(reverse(door))

    assert [(line.action, line.member_name) for line in _acts()] == [("client_read", client_person.reference)]


def test_a_list_of_routes_is_nobodys_record(browser_of, clinician):
    browser_of(clinician).get(reverse("api_routes"))

    assert _acts() == []


def test_a_list_of_one_clients_rows_names_the_client(life, browser_of, clinician):
    browser_of(clinician).get(reverse("api_runs"), {"client": str(life["client"].uid)})

    assert _acts()[0].client_reference == life["client"].reference


def test_a_change_leaves_its_own_line_and_no_line_of_reading(life, browser_of, clinician):
    client = life["client"]

    browser_of(clinician).post(reverse("set_status", args=[client.uid]), {"status": "paused"})

    assert [line.action for line in _acts()] == ["client_status_set"]


def test_a_form_that_is_shown_again_was_looked_at(life, browser_of, clinician):
    answer = browser_of(clinician).post(reverse("edit_client", args=[life["client"].uid]), {"name": ""})

    assert answer.status_code == 422
    assert [line.action for line in _acts()] == ["client_read"]


def test_a_line_about_a_request_that_broke_is_not_kept(life, browser_of, clinician):
    browser_of(clinician).get(reverse("screening", args=[life["client"].uid]))

    assert "screening_opened" not in [line.action for line in _acts()]


# refused


def test_a_right_that_is_lacking_leaves_one_refused_line(browser_of, reception, life):
    answer = browser_of(reception).get(reverse("client_runs", args=[life["client"].uid]))

    assert answer.status_code == 403
    line = AuditEvent.objects.acts().get()
    assert (line.action, line.outcome, line.reason) == ("denied", "refused", "not_permitted")
    assert line.detail == {"page": "client_runs", "method": "GET"}


@pytest.mark.parametrize(
    ("door", "thing"),
    [("client", "client"), ("screening", "screening"), ("note", "session"), ("api_run", "run")],
)
def test_a_record_hidden_from_a_colleague_leaves_one_refused_line(door, thing, life, browser_of, colleague):
    answer = browser_of(colleague).get(reverse(door, args=[life[thing].uid]))

    assert answer.status_code == 404
    line = AuditEvent.objects.acts().get()
    assert (line.action, line.outcome, line.reason) == ("denied", "refused", "not_in_care")
    assert (line.client_uid, line.subject_uid) == (life["client"].uid, life[thing].uid)


def test_a_foreign_id_in_a_query_counts_as_well(life, browser_of, colleague):
    browser_of(colleague).get(reverse("api_runs"), {"client": str(life["client"].uid)})

    assert AuditEvent.objects.get(action="denied").client_uid == life["client"].uid


def test_a_foreign_id_in_a_body_counts_as_well(life, api_of, colleague):
    body = {"client": str(life["client"].uid), "activity": "walk", "started_at": "2026-05-01T08:00:00Z"}

    answer = api_of(colleague).post(reverse("api_runs"), body, format="json")

    assert answer.status_code == 404
    assert AuditEvent.objects.get(action="denied").client_uid == life["client"].uid


def test_an_address_that_leads_nowhere_is_not_a_refusal(browser_of, clinician, life):
    browser = browser_of(clinician)

    browser.get("/nowhere/")
    browser.get(reverse("client", args=[life["run"].uid]))

    assert _acts() == []


def test_a_gate_of_the_api_that_stays_shut_leaves_one_line(api_of, reception, life):
    assert api_of(reception).get(reverse("api_runs")).status_code == 403

    assert [(line.action, line.detail["page"]) for line in _acts()] == [("denied", "api_runs")]


def test_a_wrong_key_leaves_a_line_of_nobody_once_a_minute(life):
    for _ in range(3):
        Browser(headers={"authorization": "Bearer tp_wrong"}).get(reverse("api_runs"))

    lines = _acts()
    assert [(line.action, line.reason, line.member_name) for line in lines] == [("denied", "key_refused", "")]


def test_a_key_without_the_scope_leaves_one_refused_line(clinician):
    _token, text = create_token(member=clinician, scopes=["me"], name="phone", now=timezone.now())
    AuditEvent.objects.acts()

    Browser(headers={"authorization": f"Bearer {text}"}).get(reverse("api_runs"))

    assert [line.action for line in _acts()] == ["token_created", "denied"]


# signing in


def test_signing_in_failing_and_signing_out_leave_one_line_each(client):
    member = MemberFactory(name="Robin Vale")

    client.post("/accounts/login/", {"login": member.user.email, "password": "not-the-password"})
    client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    client.post("/accounts/logout/")

    lines = [(line.action, line.outcome, line.member_name, line.address) for line in _acts()]
    assert lines == [
        ("sign_in_failed", "failed", "", "127.0.0.1"),
        ("signed_in", "done", "Robin Vale", "127.0.0.1"),
        ("signed_out", "done", "Robin Vale", "127.0.0.1"),
    ]


def test_what_was_typed_at_a_failed_sign_in_is_not_kept(client):
    client.post("/accounts/login/", {"login": "my-secret@practice.example", "password": "hush-hush-hush"})

    said = str(list(AuditEvent.objects.values_list()))
    assert "my-secret" not in said
    assert "hush" not in said


def test_a_client_who_signs_in_is_told_by_reference(client, client_person):
    client.post("/accounts/login/", {"login": client_person.member.user.email, "password": PASSWORD})

    line = AuditEvent.objects.get(action="signed_in")
    assert (line.member_name, line.client_uid) == (client_person.reference, client_person.uid)


# from where


def test_only_a_proxy_that_is_trusted_speaks_for_another(browser_of, clinician, settings):
    headers = {
        "x-forwarded-for": "203.0.113.9, 198.51.100.7",
        "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0",
    }
    browser_of(clinician).get(reverse("today"), headers=headers)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    browser_of(clinician).get(reverse("today"), headers=headers)

    assert [(line.address, line.device) for line in _acts()] == [
        ("127.0.0.1", "Firefox on Linux"),
        ("198.51.100.7", "Firefox on Linux"),
    ]


@pytest.mark.parametrize("address", ["<script>", "999.1.1.1", "", "x" * 5000])
def test_an_address_that_is_none_is_left_out(address, browser_of, clinician, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    browser_of(clinician).get(reverse("today"), headers={"x-forwarded-for": address})

    assert _acts()[0].address == ""
