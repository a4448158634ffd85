"""The pages, the API and the command for summaries."""

from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.people.tokens import create_token
from sessions.models import Summary
from sessions.summaries.contributions import made_summaries
from tests.factories import MemberFactory
from tests.sessions.summaries.lives import SINCE, TODAY, UNTIL, asked, made, on, outing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def that_day():
    with time_machine.travel(TODAY, tick=False):
        yield


def words(**changes):
    return {"audience": "supervision", "since": "2026-06-01", "until": "2026-08-10", **changes}


def body(person, **changes):
    return {"client": str(person.uid), **words(), **changes}


def test_the_form_starts_with_twelve_weeks(client_person, clinician, browser_of):
    page = browser_of(clinician).get(reverse("ask_summary", args=[client_person.uid]))

    assert page.context["form"]["until"].value() == UNTIL
    assert (UNTIL - page.context["form"]["since"].value()).days == 83


def test_asking_leads_to_a_page_with_progress(client_person, clinician, browser_of):
    answer = browser_of(clinician).post(
        reverse("ask_summary", args=[client_person.uid]), words(), follow=True
    )

    page = answer.content.decode()
    assert "<progress" in page
    assert "Look again" in page
    assert reverse("summary_progress", args=[Summary.objects.get().uid]) in page


def test_what_was_typed_stays_when_the_period_makes_no_sense(client_person, clinician, browser_of):
    answer = browser_of(clinician).post(
        reverse("ask_summary", args=[client_person.uid]), words(until="2026-05-01", plan="Rest & walk")
    )

    assert answer.status_code == 422
    assert "Rest &amp; walk" in answer.content.decode()
    assert answer.context["form"].errors["until"]


def test_the_waiting_page_reloads_when_the_work_has_ended(client_person, clinician, browser_of):
    browser = browser_of(clinician)
    browser.post(reverse("ask_summary", args=[client_person.uid]), words())
    poll = reverse("summary_progress", args=[Summary.objects.get().uid])

    before = browser.get(poll)
    jobs.do_one(TODAY)

    assert "HX-Refresh" not in before.headers
    assert browser.get(poll).headers["HX-Refresh"] == "true"


def test_a_failed_one_says_so_and_offers_another_try(client_person, clinician, browser_of):
    browser = browser_of(clinician)
    browser.post(reverse("ask_summary", args=[client_person.uid]), words())
    Job.objects.update(state="failed", ended_at=TODAY, problem="The printer is tired.")
    summary = Summary.objects.get()

    page = browser.get(reverse("summary", args=[summary.uid]))
    browser.post(reverse("retry_summary", args=[summary.uid]))

    assert b"The printer is tired." in page.content
    assert Job.objects.filter(state="waiting").count() == 1


@pytest.fixture
def finished(client_person):
    outing(client_person, 3, journal="<b>Rain</b> and laughter.")
    return made(client_person, plan="Rest is part of this.")


def test_a_finished_one_is_read_and_downloaded_under_its_reference(finished, clinician, browser_of):
    browser = browser_of(clinician)

    page = browser.get(reverse("summary", args=[finished.uid])).content.decode()
    download = browser.post(reverse("take_summary", args=[finished.uid]))

    assert "&lt;b&gt;Rain&lt;/b&gt; and laughter." in page
    assert "Rest is part of this." in page
    reference = finished.client.reference
    assert download.headers["Content-Disposition"] == f'attachment; filename="{reference}-v1-2026-08-10.pdf"'
    assert download.getvalue() == bytes(finished.pdf or b"")


@pytest.fixture
def sign_in_is_old(monkeypatch):
    """As eleven minutes after it."""
    monkeypatch.setattr("practice.people.freshness.is_fresh", lambda _request: False)
    monkeypatch.setattr("practice.people.gate.is_fresh", lambda _request: False)


@pytest.mark.usefixtures("sign_in_is_old")
def test_who_signed_in_long_ago_is_asked_again_before_one_is_made_or_taken(finished, clinician, browser_of):
    browser, person = browser_of(clinician), finished.client
    doors = [
        browser.get(reverse("ask_summary", args=[person.uid])),
        browser.post(reverse("ask_summary", args=[person.uid]), words()),
        browser.post(reverse("retry_summary", args=[finished.uid])),
        browser.post(reverse("take_summary", args=[finished.uid])),
    ]

    assert [answer.status_code for answer in doors] == [403] * 4
    assert all("Is it still you?" in answer.content.decode() for answer in doors)
    assert Summary.objects.count() == 1


@pytest.mark.usefixtures("sign_in_is_old")
def test_a_browser_that_speaks_the_api_is_asked_again_too(finished, clinician, api_of):
    caller = api_of(clinician)

    asked_for = caller.post("/api/v1/summaries/", body(finished.client), format="json")
    taken = caller.get(f"/api/v1/summaries/{finished.uid}/pdf/")

    assert [answer.json()["code"] for answer in (asked_for, taken)] == ["confirm_sign_in"] * 2


@pytest.mark.parametrize(("scopes", "said"), [(["summaries"], 403), (["summaries", "export"], 200)])
def test_a_program_takes_one_only_with_the_scope_for_what_weighs(finished, clinician, client, scopes, said):
    _row, token = create_token(member=clinician, scopes=scopes, name="Desk", now=TODAY)

    answer = client.get(
        f"/api/v1/summaries/{finished.uid}/pdf/", headers={"Authorization": f"Bearer {token}"}
    )

    assert answer.status_code == said


def test_one_not_finished_cannot_be_downloaded(client_person, clinician, browser_of):
    answer = browser_of(clinician).post(reverse("take_summary", args=[asked(client_person).uid]))

    assert answer.status_code == 302


def test_the_list_turns_its_pages_by_cursor(client_person, clinician, browser_of):
    for _number in range(26):
        asked(client_person)
    browser = browser_of(clinician)

    first = browser.get(reverse("summaries"))
    second = browser.get(reverse("summaries"), {"before": first.context["older"]})

    assert (len(first.context["cards"]), len(second.context["cards"])) == (25, 1)
    assert [card.version for card in second.context["cards"]] == [1]


def test_a_colleague_outside_the_care_team_finds_nothing(finished, colleague, browser_of, api_of):
    browser = browser_of(colleague)

    assert browser.get(reverse("summary", args=[finished.uid])).status_code == 404
    assert browser.post(reverse("take_summary", args=[finished.uid])).status_code == 404
    assert browser.get(reverse("ask_summary", args=[finished.client.uid])).status_code == 404
    assert browser.get(reverse("summaries")).context["cards"] == []
    assert api_of(colleague).get(f"/api/v1/summaries/{finished.uid}/pdf/").status_code == 404
    assert made_summaries(finished.client, colleague, on(0), TODAY) == []


@pytest.mark.parametrize("role", ["reception", "owner"])
def test_roles_without_the_right_are_refused(role, finished, browser_of, api_of):
    member = MemberFactory(roles=[role])

    assert browser_of(member).post(reverse("take_summary", args=[finished.uid])).status_code == 403
    assert api_of(member).get("/api/v1/summaries/").status_code == 403


def test_a_client_has_no_summaries(finished, client_person, api_of):
    assert api_of(client_person.member).get(f"/api/v1/summaries/{finished.uid}/").status_code == 403


def test_the_api_answers_202_with_the_job_and_where_it_is(client_person, clinician, api_of):
    answer = api_of(clinician).post("/api/v1/summaries/", body(client_person), format="json")

    job = Job.objects.get()
    assert answer.status_code == 202
    assert answer.headers["Location"].endswith(f"/api/v1/jobs/{job.uid}/")
    assert answer.json()["job"]["state"] == "waiting"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"until": "2026-05-01"}, 409),
        ({"until": "2027-01-01"}, 409),
        ({"since": "30 June"}, 400),
        ({"audience": "everybody"}, 400),
        ({"plan": "a\x00b"}, 400),
        ({"client": str(uuid4())}, 404),
    ],
)
def test_the_api_refuses_what_makes_no_sense(changes, status, client_person, clinician, api_of):
    answer = api_of(clinician).post("/api/v1/summaries/", body(client_person, **changes), format="json")

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_api_lists_reads_and_hands_out(finished, clinician, api_of):
    caller = api_of(clinician)

    listed = caller.get("/api/v1/summaries/").json()["results"]
    whole = caller.get(f"/api/v1/summaries/{finished.uid}/").json()
    download = caller.get(f"/api/v1/summaries/{finished.uid}/pdf/", headers={"Accept": "application/pdf"})

    assert [entry["id"] for entry in listed] == [str(finished.uid)]
    assert whole["document"]["heading"] == finished.client.reference
    assert download.getvalue() == bytes(finished.pdf or b"")


def test_the_api_says_no_to_a_download_before_it_is_made(client_person, clinician, api_of):
    answer = api_of(clinician).get(f"/api/v1/summaries/{asked(client_person).uid}/pdf/")

    assert (answer.status_code, answer.json()["code"]) == (409, "summary_not_made_yet")


@pytest.mark.parametrize(("scope", "status"), [("summaries", 200), ("notes", 403)])
def test_a_token_needs_the_scope(scope, status, finished, clinician, client):
    _row, token = create_token(member=clinician, scopes=[scope], name="t", now=TODAY)

    answer = client.get("/api/v1/summaries/", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == status


def test_a_finished_summary_stands_in_the_timeline(finished, clinician):
    told = made_summaries(finished.client, clinician, on(0), TODAY)

    assert [item.title for item in told] == ["Progress summary, version 1"]


def write(reference, out, **options):
    said = StringIO()
    asked_for = {"since": SINCE, "until": UNTIL, "out": out, **options}
    call_command("summary", reference, **asked_for, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_the_command_writes_the_file_as_the_primary_clinician(client_person, tmp_path):
    said = write(client_person.reference, tmp_path / "s.pdf")

    summary = Summary.objects.get()
    assert (tmp_path / "s.pdf").read_bytes() == bytes(summary.pdf or b"")
    assert summary.sha256 in said
    assert "Sam" not in said


def test_the_command_refuses_somebody_elses_client(client_person, colleague, tmp_path):
    with pytest.raises(CommandError):
        write(client_person.reference, tmp_path / "s.pdf", email=colleague.user.email)


def test_the_command_says_why_a_period_makes_no_sense(client_person, tmp_path):
    with pytest.raises(CommandError, match="The last day lies before"):
        write(client_person.reference, tmp_path / "s.pdf", since=UNTIL, until=SINCE)
