"""A kind of data that is withheld is gone for staff at every surface, at once, and stays for the client."""

import json
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from clients.lifecycle.actions import exporting
from clients.models import CareTeamMember, RunLog
from clients.runs import actions as runs
from clients.runs.screens import entries, mood_change
from practice import contributions
from practice.contributions import Recipient, Table
from practice.people.acting import acting_as
from sessions.summaries import actions as summaries
from tests.clients.consents.signing import give, keep
from tests.factories import MONDAY_NOON, MemberFactory, RunLogFactory

TODAY = MONDAY_NOON.date()
WEEK = TODAY - timedelta(days=7)
LATER = MONDAY_NOON + timedelta(minutes=5)
WORDS = "The heron by the lock"
MOOD, FREE_TEXT, LOCATION = "mood", "free_text", "location"
KINDS = [MOOD, FREE_TEXT, LOCATION]
SHOWN: dict[str, dict[str, Any]] = {
    MOOD: {"mood_before": 2, "mood_after": 5},
    FREE_TEXT: {"journal": WORDS},
    LOCATION: {"distance_m": 4321},
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def run(client_person):
    said = {name: value for kind in KINDS for name, value in SHOWN[kind].items()}
    return RunLogFactory(client=client_person, context=["alone", "streets"], **said)


def out_of(answer):
    return answer.json()["results"][0]


def is_blank(value):
    return value in (None, "")


@every_kind
def test_the_api_gives_staff_everything_else(run, client_person, clinician, api_of, kind):
    caller = api_of(clinician)
    assert not any(is_blank(out_of(caller.get("/api/v1/runs/"))[name]) for name in SHOWN[kind])

    keep(client_person, kind)

    for answer in (out_of(caller.get("/api/v1/runs/")), caller.get(f"/api/v1/runs/{run.uid}/").json()):
        assert all(is_blank(answer[name]) for name in SHOWN[kind])
        others = {name: value for one in KINDS if one != kind for name, value in SHOWN[one].items()}
        assert {name: answer[name] for name in others} == others


@every_kind
def test_it_comes_back_with_a_new_yes_alone(run, client_person, clinician, api_of, kind):
    keep(client_person, kind)

    give(client_person, kind)

    answer = out_of(api_of(clinician).get("/api/v1/runs/"))
    assert {name: answer[name] for name in SHOWN[kind]} == SHOWN[kind]


@every_kind
def test_the_client_has_all_of_it_as_before(run, client_person, api_of, browser_of, kind):
    keep(client_person, kind)

    answer = out_of(api_of(client_person.member).get("/api/v1/runs/"))
    page = browser_of(client_person.member).get(reverse("portal_run", args=[run.uid]))

    assert {name: answer[name] for name in SHOWN[kind]} == SHOWN[kind]
    assert page.status_code == 200
    assert RunLog.objects.visible_to(client_person.member).get().entry == RunLog.objects.get().entry


def test_places_go_with_where_i_was_and_company_stays(run, client_person, clinician, api_of):
    keep(client_person, LOCATION)

    assert out_of(api_of(clinician).get("/api/v1/runs/"))["context"] == ["alone"]


def test_the_log_of_the_staff_page_says_what_is_kept(run, client_person, clinician, browser_of):
    browser, address = browser_of(clinician), reverse("client_runs", args=[client_person.uid])
    before = browser.get(address).content.decode()
    assert WORDS in before
    assert "No outing with both moods" not in before

    for kind in KINDS:
        keep(client_person, kind)

    page = browser.get(address).content.decode()
    assert WORDS not in page
    assert "4.3 km" not in page
    assert "The client keeps to themself: distance and place, mood, own words." in page
    assert "No outing with both moods" in page


def test_charts_have_no_mood_of_it(run, client_person, clinician):
    assert len(mood_change(client_person, WEEK, TODAY, clinician).pairs) == 1

    keep(client_person, MOOD)

    assert mood_change(client_person, WEEK, TODAY, clinician).pairs == []
    assert len(mood_change(client_person, WEEK, TODAY, client_person.member).pairs) == 1


def test_the_timeline_and_the_news_say_nothing_of_it(run, client_person, clinician):
    for kind in KINDS:
        keep(client_person, kind)

    since, until = MONDAY_NOON - timedelta(days=9), MONDAY_NOON + timedelta(days=1)
    line = next(
        one for one in contributions.timeline(client_person, clinician, since, until) if one.kind == "run"
    )
    RunLog.objects.update(created_at=MONDAY_NOON)
    news = [one for one in contributions.attention(clinician, MONDAY_NOON) if one.icon == "footprints"]

    assert str(line.text) == ""
    assert "mood" not in str(line.title)
    assert news
    assert not any("mood" in str(one.text) for one in news)


def test_records_and_today_show_none_of_it(run, client_person, clinician, browser_of):
    browser = browser_of(clinician)
    for kind in KINDS:
        keep(client_person, kind)

    pages = [browser.get(reverse("client", args=[client_person.uid])), browser.get(reverse("today"))]

    assert all(page.status_code == 200 and WORDS not in page.content.decode() for page in pages)


@every_kind
def test_a_copy_for_staff_leaves_it_out_and_the_clients_own_has_it(run, client_person, clinician, kind):
    keep(client_person, kind)

    def log_for(member):
        given = contributions.exports(client_person, Recipient(member=member))
        table = next(one for one in given if isinstance(one, Table) and one.name == "log")
        return dict(zip(table.columns, next(iter(table.rows)), strict=True))

    assert all(is_blank(log_for(clinician)[name]) for name in SHOWN[kind])
    assert all(is_blank(log_for(None)[name]) for name in SHOWN[kind])
    own = log_for(client_person.member)
    assert {name: own[name] for name in SHOWN[kind]} == SHOWN[kind]


def test_a_copy_that_lies_ready_is_not_handed_out_any_more(run, client_person, clinician):
    export, _job = exporting.ask_export(client=client_person, by=clinician, now=MONDAY_NOON)
    export = exporting.make_export(export=export, tell=lambda *_said: None, now=MONDAY_NOON)
    keep(client_person, FREE_TEXT, now=LATER)

    with pytest.raises(exporting.ConsentTakenBack):
        exporting.take_export(export=export, by=clinician, now=LATER)


def test_a_copy_made_after_it_is_handed_out(run, client_person, clinician, tmp_path):
    keep(client_person, FREE_TEXT)
    export, _job = exporting.ask_export(client=client_person, by=clinician, now=LATER)
    export = exporting.make_export(export=export, tell=lambda *_said: None, now=LATER)

    file = tmp_path / "copy.zip"
    file.write_bytes(exporting.take_export(export=export, by=clinician, now=LATER))

    with ZipFile(file) as bundle:
        assert not any(WORDS.encode() in bundle.read(name) for name in bundle.namelist())


@pytest.fixture
def printed(client_person, clinician):
    """A summary that was made at noon, as if everything had been shown."""

    def made(audience="review"):
        summary, _job = summaries.ask_summary(
            client=client_person, since=WEEK, until=TODAY, audience=audience, by=clinician, now=MONDAY_NOON
        )
        summary.pdf, summary.pages, summary.sha256 = b"%PDF made up", 1, "0" * 64
        summary.made_at = MONDAY_NOON
        summary.save()
        return summary

    return made


@pytest.mark.parametrize("kind", [MOOD, FREE_TEXT])
def test_an_older_summary_stays_closed_on_the_page_in_the_api_and_as_pdf(
    client_person, clinician, browser_of, api_of, printed, kind
):
    summary, browser, caller = printed(), browser_of(clinician), api_of(clinician)
    address = reverse("take_summary", args=[summary.uid])
    assert browser.post(address).getvalue().startswith(b"%PDF")

    keep(client_person, kind, now=LATER)

    assert browser.post(address).status_code == 302
    page = browser.get(reverse("summary", args=[summary.uid])).content.decode()
    assert "taken back their consent" in page
    assert "Where each statement comes from" not in page
    assert caller.get(f"/api/v1/summaries/{summary.uid}/").status_code == 409
    assert caller.get(f"/api/v1/summaries/{summary.uid}/pdf/").json()["code"] == "summary_consent_taken_back"


def test_an_older_summary_is_in_no_copy_for_staff(client_person, clinician, printed):
    printed()
    keep(client_person, MOOD, now=LATER)

    given = contributions.exports(client_person, Recipient(member=clinician))

    assert not [one.name for one in given if one.name.startswith("summary-v")]


def test_a_summary_that_shows_nothing_of_it_opens(client_person, clinician, browser_of, printed):
    summary = printed("referrer")

    keep(client_person, MOOD, now=LATER)

    assert browser_of(clinician).post(reverse("take_summary", args=[summary.uid])).status_code == 200


def test_a_summary_made_meanwhile_has_none_of_it_and_opens(run, client_person, clinician):
    keep(client_person, MOOD, now=MONDAY_NOON - timedelta(minutes=1))
    keep(client_person, FREE_TEXT, now=MONDAY_NOON - timedelta(minutes=1))
    summary, _job = summaries.ask_summary(
        client=client_person, since=WEEK, until=TODAY, audience="review", by=clinician, now=MONDAY_NOON
    )

    made = summaries.make_summary(summary, lambda *_said: None)

    assert WORDS not in json.dumps(made.snapshot)
    assert made.snapshot["moods_said"]
    assert summaries.hand_out(summary=made, by=clinician, now=LATER).startswith(b"%PDF")


def test_no_summary_is_made_for_a_supervisor_whom_the_client_does_not_want(client_person, clinician):
    keep(client_person, "supervisor")

    with pytest.raises(summaries.SupervisorKeptOut):
        summaries.ask_summary(
            client=client_person,
            since=WEEK,
            until=TODAY,
            audience="supervision",
            by=clinician,
            now=MONDAY_NOON,
        )


def test_a_supervisor_whom_the_client_does_not_want_finds_nothing(client_person, browser_of, api_of):
    supervisor = MemberFactory(roles=["supervisor"])
    CareTeamMember.objects.create(client=client_person, member=supervisor, part="supervising", since=WEEK)
    browser, caller = browser_of(supervisor), api_of(supervisor)
    pages = [
        reverse(name, args=[client_person.uid]) for name in ("client", "client_runs", "client_agreements")
    ]
    assert all(browser.get(page).status_code == 200 for page in pages)

    keep(client_person, "supervisor")

    assert all(browser.get(page).status_code == 404 for page in pages)
    assert caller.get(f"/api/v1/clients/{client_person.uid}/").status_code == 404
    assert client_person.name not in browser.get(reverse("caseload")).content.decode()


@every_kind
def test_staff_cannot_write_down_what_is_kept_from_them(client_person, clinician, api_of, kind):
    keep(client_person, kind)
    body = {"client": str(client_person.uid), "activity": "walk", "minutes": 20}
    body |= {"started_at": "2026-06-01T08:00:00+01:00", **SHOWN[kind]}

    answer = api_of(clinician).post("/api/v1/runs/", body, format="json")

    assert answer.status_code == 409
    assert answer.json()["code"] == "kind_withheld"
    assert not RunLog.objects.exists()


@every_kind
def test_what_staff_cannot_see_they_do_not_wipe_out(client_person, clinician, api_of, kind):
    said = {name: value for one in KINDS for name, value in SHOWN[one].items()}
    run = RunLogFactory(client=client_person, logged_by=clinician, context=["alone", "streets"], **said)
    keep(client_person, kind)

    answer = api_of(clinician).patch(f"/api/v1/runs/{run.uid}/", {"minutes": 25}, format="json")

    assert answer.status_code == 200
    assert all(is_blank(answer.json()[name]) for name in SHOWN[kind])
    run.refresh_from_db()
    assert run.minutes == 25
    assert {name: getattr(run, name) for name in SHOWN[kind]} == SHOWN[kind]
    assert set(run.context) == {"alone", "streets"}


def test_the_client_changes_what_they_keep_to_themself(run, client_person):
    keep(client_person, FREE_TEXT)
    entry = RunLog.objects.visible_to(client_person.member).get().entry

    changed = runs.change_run(
        run=run, entry=type(entry)(**{**vars(entry), "journal": "Rain"}), by=client_person.member, now=LATER
    )

    assert changed.journal == "Rain"


def test_a_row_read_as_staff_is_blank_in_every_way_of_reading(run, client_person, clinician):
    for kind in KINDS:
        keep(client_person, kind)

    with acting_as(clinician, now=MONDAY_NOON):
        rows = RunLog.objects.visible_to(clinician)
        read = [
            rows.get(),
            rows[0],
            next(iter(rows.iterator())),
            *rows.select_related("client")[:1],
        ]

    assert [one.journal for one in read] == [""] * 4
    assert all(row.journal == "" for row in entries(client_person, WEEK, TODAY, clinician))
