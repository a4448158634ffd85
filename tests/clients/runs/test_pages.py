import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from clients.models import RunLog
from practice.models import AuditEvent
from tests.factories import RunLogFactory

LOG = "/my/log/"
pytestmark = pytest.mark.django_db


def _typed(**changes):
    began = timezone.localtime() - timedelta(hours=1)
    return {
        "uid": str(uuid4()),
        "activity": "walk",
        "minutes": "20",
        "mood_after": "4",
        "started_at": began.strftime("%Y-%m-%dT%H:%M"),
        "share": "on",
    } | changes


@pytest.fixture
def sam(browser_of, client_person):
    return browser_of(client_person.member)


@pytest.fixture
def robin(browser_of, clinician):
    return browser_of(clinician)


def _text(answer):
    return answer.content.decode()


def test_four_taps_keep_an_entry(sam, client_person):
    answer = sam.post(LOG, _typed(), follow=True)

    run = RunLog.objects.get()
    assert (run.client, run.activity, run.minutes, run.mood_after, run.share) == (
        client_person,
        "walk",
        20,
        4,
        True,
    )
    assert answer.redirect_chain == [(f"/my/log/{run.uid}/saved/", 302)]
    assert "You showed up." in _text(answer)


def test_a_double_click_keeps_one_entry(sam):
    typed = _typed()
    sam.post(LOG, typed)

    again = sam.post(LOG, typed)

    assert again.status_code == 302
    assert RunLog.objects.count() == 1


def test_the_same_page_sent_with_other_words_points_to_what_was_saved(sam):
    typed = _typed()
    sam.post(LOG, typed)

    answer = sam.post(LOG, typed | {"journal": "More."})

    assert answer.status_code == 422
    assert f'href="/my/log/{typed["uid"]}/"' in _text(answer)
    assert RunLog.objects.get().journal == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"activity": ""}, "Choose what you did."),
        ({"activity": "swim"}, "Choose what you did."),
        ({"minutes": ""}, "Say about how many minutes"),
        ({"minutes": "other", "other_minutes": "5000"}, "Say about how many minutes"),
        ({"minutes": "other", "other_minutes": "0"}, "Say about how many minutes"),
        ({"minutes": "other", "other_minutes": "9" * 400}, "Say about how many minutes"),
        ({"mood_after": "9"}, "Please choose one of these."),
        ({"effort": "hard"}, "Please choose one of these."),
        ({"context": ["moon"]}, "Please choose one of these."),
        ({"distance_km": "501"}, "This distance looks off."),
        ({"distance_km": "-1"}, "This distance looks off."),
        ({"distance_km": "NaN"}, "Enter a number."),
        ({"started_at": "2026-02-30T10:00"}, "Something looks off with the date."),
        ({"started_at": "soon"}, "Something looks off with the date."),
        ({"started_at": "2999-01-01T10:00"}, "This time has not come yet."),
        ({"started_at": "0999-01-01T10:00"}, "Something looks off with the date."),
        ({"started_at": "2026-03-29T01:30"}, "this time did not happen"),
        ({"journal": "calm\0er"}, "Null characters are not allowed."),
        ({"journal": "calm\x07er"}, "hidden character"),
        ({"uid": "7"}, "This page is out of date."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(sam, changes, said):
    answer = sam.post(LOG, {"journal": "Kept as typed."} | _typed(**changes))

    assert answer.status_code == 422
    assert said in _text(answer)
    assert "Kept as typed." in _text(answer) or "journal" in changes
    assert not RunLog.objects.exists()


def test_an_error_about_other_minutes_stands_at_their_box(sam):
    answer = sam.post(LOG, _typed(minutes="other", other_minutes="5000"))

    assert 'href="#id_other_minutes"' in _text(answer)


def test_rest_leaves_the_numbers_out(sam):
    sam.post(LOG, _typed(activity="rest", effort="chat", distance_km="3"))

    run = RunLog.objects.get()
    assert (run.minutes, run.effort, run.distance_m) == (None, "", None)


def test_kilometres_are_kept_as_metres(sam):
    sam.post(LOG, _typed(distance_km="4.2"))

    assert RunLog.objects.get().distance_m == 4200


@time_machine.travel("2026-10-25 02:10:00+00:00", tick=False)
def test_the_hour_that_comes_twice_can_be_logged(sam):
    answer = sam.post(LOG, _typed(started_at="2026-10-25T01:30"))

    assert answer.status_code == 302
    assert RunLog.objects.get().utc_offset_minutes == 60


def test_the_form_begins_with_what_was_done_last_time(sam, client_person):
    RunLogFactory.create(client=client_person, activity="run_walk", minutes=45)

    page = _text(sam.get(LOG))

    assert re.search(r'value="run_walk" checked', page)
    assert re.search(r'value="45" checked', page)


def test_very_low_is_saved_first_and_then_help_is_offered(sam):
    answer = sam.post(LOG, _typed(mood_after="1"), follow=True)

    assert RunLog.objects.get().mood_after == 1
    assert "You do not have to handle this alone" in _text(answer)
    assert reverse("help_now") in _text(answer)


def test_a_mood_before_leaving_is_remembered_until_the_entry(sam):
    sam.post("/my/log/before/", {"mood": "2"})
    home = _text(sam.get("/my/"))
    form = sam.get(LOG).context["form"]

    sam.post(LOG, _typed(mood_before=str(form.initial["mood_before"])))

    assert "Back? How are you now?" in home
    assert RunLog.objects.get().mood_before == 2
    assert "Back? How are you now?" not in _text(sam.get("/my/"))


def test_a_mood_before_leaving_is_forgotten_after_half_a_day(sam):
    with time_machine.travel(datetime.now(tz=timezone.get_current_timezone()) - timedelta(hours=13)):
        sam.post("/my/log/before/", {"mood": "2"})

    assert "Back? How are you now?" not in _text(sam.get("/my/"))


def test_leaving_without_a_tap_is_fine(sam):
    assert sam.post("/my/log/before/", {}).status_code == 302


def test_an_entry_is_changed_and_keeps_the_zone_it_was_meant_in(sam, client_person):
    run = RunLogFactory.create(client=client_person, utc_offset_minutes=14 * 60)
    began = run.started_at

    answer = sam.post(
        f"/my/log/{run.uid}/",
        _typed(started_at=run.local_start.strftime("%Y-%m-%dT%H:%M"), journal="Later thought."),
    )

    run.refresh_from_db()
    assert answer.status_code == 302
    assert (run.journal, run.started_at, run.utc_offset_minutes) == ("Later thought.", began, 840)


def test_undo_takes_the_entry_back(sam, client_person):
    run = RunLogFactory.create(client=client_person)

    sam.post(f"/my/log/{run.uid}/remove/")

    assert not RunLog.objects.exists()


def test_undo_twice_is_harmless(sam, client_person):
    run = RunLogFactory.create(client=client_person)
    sam.post(f"/my/log/{run.uid}/remove/")

    assert sam.post(f"/my/log/{run.uid}/remove/").status_code == 302


def test_removing_asks_first(sam, client_person):
    run = RunLogFactory.create(client=client_person)

    answer = sam.get(f"/my/log/{run.uid}/remove/")

    assert "Remove this entry?" in _text(answer)
    assert RunLog.objects.exists()


@pytest.mark.parametrize("page", ["", "saved/", "remove/"])
def test_another_clients_entry_is_not_there(sam, stranger, page):
    run = RunLogFactory.create(client=stranger)

    assert sam.get(f"/my/log/{run.uid}/{page}").status_code == 404


def test_posting_to_another_clients_entry_changes_nothing(sam, stranger):
    run = RunLogFactory.create(client=stranger, minutes=30)

    sam.post(f"/my/log/{run.uid}/", _typed())
    sam.post(f"/my/log/{run.uid}/remove/")

    run.refresh_from_db()
    assert run.minutes == 30


def test_what_staff_wrote_is_read_only_for_the_client(sam, client_person, clinician):
    run = RunLogFactory.create(client=client_person, logged_by=clinician)

    answer = sam.get(f"/my/log/{run.uid}/")

    assert "wrote this entry for you" in _text(answer)
    assert "Save the change" not in _text(answer)


@pytest.mark.parametrize("url", [LOG, "/my/log/before/", "/my/", "/my/history/", "/my/plan/"])
def test_staff_have_no_portal(robin, url):
    assert robin.get(url).status_code == 403


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=file:///etc/passwd>"])
def test_words_are_shown_as_words(sam, robin, client_person, words):
    RunLogFactory.create(client=client_person, journal=words)

    for page in (sam.get("/my/history/?month=2026-05"), robin.get(f"/clients/{client_person.uid}/runs/")):
        assert words not in _text(page)
        assert words.replace("<", "&lt;").replace(">", "&gt;") in _text(page)


def test_staff_see_what_is_shared_and_not_what_is_not(robin, client_person):
    RunLogFactory.create(client=client_person, journal="For both of us.")
    RunLogFactory.create(client=client_person, journal="For me alone.", share=False)

    page = _text(robin.get(f"/clients/{client_person.uid}/runs/"))

    assert "For both of us." in page
    assert "For me alone." not in page


def test_reading_a_log_is_told_in_the_trail(robin, client_person, clinician):
    robin.get(f"/clients/{client_person.uid}/runs/")

    line = AuditEvent.objects.get(action="client_read")
    assert (line.member_uid, line.client_uid, line.detail) == (
        clinician.uid,
        client_person.uid,
        {"part": "runs"},
    )


def test_a_colleague_and_the_client_have_no_staff_page(browser_of, colleague, client_person, sam):
    url = f"/clients/{client_person.uid}/runs/"

    assert browser_of(colleague).get(url).status_code == 404
    assert sam.get(url).status_code == 403


def test_reception_has_no_clinical_page(browser_of, reception, client_person):
    assert browser_of(reception).get(f"/clients/{client_person.uid}/runs/").status_code == 403


def test_an_empty_log_says_what_would_be_here(robin, client_person):
    assert "Nothing shared yet" in _text(robin.get(f"/clients/{client_person.uid}/runs/"))


def test_a_clinician_logs_for_a_client_and_it_says_so(robin, sam, client_person, clinician):
    robin.post(f"/clients/{client_person.uid}/runs/new/", _typed(journal="Told on the phone."))

    run = RunLog.objects.get()
    assert (run.logged_by, run.share) == (clinician, True)
    assert "Written by Robin Vale" in _text(sam.get(f"/my/log/{run.uid}/"))


def test_a_clinician_changes_and_removes_what_they_wrote(robin, client_person, clinician):
    run = RunLogFactory.create(client=client_person, logged_by=clinician)
    url = f"/clients/{client_person.uid}/runs/{run.uid}/"

    changed = robin.post(url, _typed(minutes="45"))
    run.refresh_from_db()
    removed = robin.post(f"{url}remove/")

    assert (changed.status_code, run.minutes, removed.status_code) == (302, 45, 302)
    assert not RunLog.objects.exists()


def test_a_clinician_does_not_change_what_the_client_wrote(robin, client_person):
    run = RunLogFactory.create(client=client_person, minutes=30)
    url = f"/clients/{client_person.uid}/runs/{run.uid}/"

    robin.post(url, _typed(minutes="45"))
    robin.post(f"{url}remove/")

    run.refresh_from_db()
    assert run.minutes == 30


def test_a_clinician_cannot_log_for_somebody_elses_client(robin, stranger):
    assert robin.post(f"/clients/{stranger.uid}/runs/new/", _typed()).status_code == 404


def test_a_long_log_is_read_a_page_at_a_time(robin, client_person):
    now = timezone.now()
    for number in range(30):
        RunLogFactory.create(
            client=client_person, started_at=now - timedelta(days=number), journal=f"Day {number}."
        )
    url = f"/clients/{client_person.uid}/runs/"

    first = robin.get(url)
    second = robin.get(f"{url}?after={first.context['page'].next_after}")

    assert "Day 24." in _text(first)
    assert "Day 25." not in _text(first)
    assert "Day 25." in _text(second)
    assert second.context["page"].next_after is None


@pytest.mark.parametrize("after", ["x", "", "7d1f1c1e-0000-4000-8000-000000000000", "\0"])
def test_a_page_that_is_nowhere_is_the_first(robin, client_person, after):
    RunLogFactory.create(client=client_person)

    assert robin.get(f"/clients/{client_person.uid}/runs/", {"after": after}).status_code == 200
