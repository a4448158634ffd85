"""An hour with a reason: told to owners and client, looked at before the next."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from clients.emergency import actions
from clients.emergency.contributions import attention, banners
from clients.models import BreakGlass, Client
from practice.models import AuditEvent
from sessions.models import Note
from tests.factories import (
    MONDAY_NOON,
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    NoteFactory,
    PracticeFactory,
    SessionFactory,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WHY = {"reason": "crisis", "words": "They rang the desk"}


def url(name, thing=None):
    return reverse(name, args=[thing.uid] if thing else [])


def open_record(client, by, now=MONDAY_NOON, **changes):
    return actions.break_glass(client=client, by=by, now=now, **{**WHY, **changes})


def look_at(emergency, by, now=MONDAY_NOON + 2 * HOUR, words="It was right."):
    return actions.review(emergency=emergency, words=words, by=by, now=now)


def sees(member, client):
    return Client.objects.visible_to(member).filter(pk=client.pk).exists()


# opening


def test_it_opens_the_record_for_an_hour(client_person, helper, now):
    opened = open_record(client_person, helper)

    assert opened.until == MONDAY_NOON + HOUR
    now.move_to(MONDAY_NOON + HOUR - MINUTE, tick=False)
    assert sees(helper, client_person)
    now.move_to(MONDAY_NOON + HOUR, tick=False)
    assert not sees(helper, client_person)


def test_without_the_right_by_name_it_stays_shut(client_person, colleague, owner):
    for member in (colleague, owner):
        with pytest.raises(actions.MayNotBreakGlass):
            open_record(client_person, member)


def test_who_sees_the_record_anyway_needs_none(client_person, clinician):
    clinician.rights = ["break_glass"]

    with pytest.raises(actions.NoNeed):
        open_record(client_person, clinician)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": ""}, actions.UnknownEmergency),
        ({"reason": "curious"}, actions.UnknownEmergency),
        ({"words": "  "}, actions.NoReason),
    ],
)
def test_there_is_a_reason(client_person, helper, changes, refusal):
    with pytest.raises(refusal):
        open_record(client_person, helper, **changes)


def test_taking_the_right_away_closes_what_is_open(client_person, helper, opened):
    helper.rights = []
    helper.save()

    assert not sees(helper, client_person)


def test_it_opens_one_record_not_another(opened, helper, stranger):
    assert not sees(helper, stranger)


def test_it_leaves_a_line_with_whom_and_why_and_for_whom(opened, client_person, helper):
    line = AuditEvent.objects.get(action="break_glass_opened")

    assert (line.member_uid, line.client_uid, line.reason) == (helper.uid, client_person.uid, "crisis")
    assert "rang" not in str(line.detail)


# review before the next


def test_the_next_one_waits_for_the_review(opened, helper, stranger, owner, now):
    now.move_to(MONDAY_NOON + 2 * HOUR, tick=False)
    with pytest.raises(actions.NotReviewedYet):
        open_record(stranger, helper, timezone.now())

    look_at(opened, owner)

    assert open_record(stranger, helper, timezone.now()).pk


def test_a_review_ends_it_and_says_who_looked(opened, owner):
    looked_at = look_at(opened, owner)

    assert (looked_at.reviewed_by, looked_at.ended_at) == (owner, opened.until)


def test_what_is_open_is_not_looked_at_yet(opened, owner):
    with pytest.raises(actions.StillOpen):
        look_at(opened, owner, MONDAY_NOON + MINUTE)


def test_a_review_has_words(opened, owner):
    with pytest.raises(actions.NoReview):
        look_at(opened, owner, words=" ")


def test_it_is_looked_at_once(opened, owner):
    look_at(opened, owner)

    with pytest.raises(actions.AlreadyReviewed):
        look_at(opened, owner)


def test_what_nobody_could_look_at_is_not_opened(client_person):
    alone = MemberFactory(roles=["owner", "clinician"], rights=["break_glass"])

    with pytest.raises(actions.NobodyReviews):
        open_record(client_person, alone)


def test_a_second_owner_who_comes_later_sets_it_free(client_person, stranger, owner, now):
    both = MemberFactory(roles=["owner", "clinician"], rights=["break_glass"])
    opened = open_record(client_person, both)
    owner.is_active = owner.user.is_active = False
    owner.user.save()
    owner.save()
    now.move_to(MONDAY_NOON + 2 * HOUR, tick=False)

    with pytest.raises(actions.NobodyReviews):
        open_record(stranger, both, timezone.now())

    second = MemberFactory(roles=["owner"])
    look_at(opened, second)
    assert open_record(stranger, both, timezone.now()).pk


def test_nobody_looks_at_their_own(client_person, owner):
    both = MemberFactory(roles=["owner", "clinician"], rights=["break_glass"])
    opened = open_record(client_person, both)

    with pytest.raises(actions.OwnEmergency):
        look_at(opened, both)


def test_only_owners_look(opened, clinician):
    with pytest.raises(actions.MayNotReview):
        look_at(opened, clinician)


def test_ending_it_closes_the_record(opened, helper, client_person):
    actions.close(emergency=opened, by=helper, now=MONDAY_NOON + MINUTE)

    assert not sees(helper, client_person)
    assert AuditEvent.objects.filter(action="break_glass_closed", client_uid=client_person.uid).exists()


def test_only_who_opened_it_ends_it(opened, owner):
    with pytest.raises(actions.NotYourEmergency):
        actions.close(emergency=opened, by=owner, now=MONDAY_NOON)


def test_what_ran_out_is_not_ended_again(opened, helper):
    assert actions.close(emergency=opened, by=helper, now=MONDAY_NOON + 2 * HOUR).ended_at is None


@pytest.mark.django_db(transaction=True)
def test_two_openings_at_once_are_one():
    PracticeFactory()
    member = MemberFactory(rights=["break_glass"])
    clients = [ClientFactory(treated_by=MemberFactory()) for _number in range(4)]
    said, start = [], threading.Barrier(4)

    def rush(client):
        try:
            start.wait()
            open_record(client, member)
        except actions.NotReviewedYet as no:
            said.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=rush, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(said), BreakGlass.objects.count()) == (3, 1)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("until = opened_at", "emergency_access_ends_after_it_begins"),
        ("until = opened_at + interval '61 minutes'", "emergency_access_lasts_an_hour_at_most"),
        ("ended_at = until + interval '1 s'", "emergency_access_is_ended_while_it_lasts"),
        ("ended_at = until, reviewed_at = until", "emergency_review_at_and_by_go_together"),
        ("reviewed_at = until, reviewed_by_id = {other}", "emergency_access_is_over_before_its_review"),
        (
            "ended_at = until, reviewed_at = until, reviewed_by_id = member_id",
            "emergency_access_is_reviewed_by_somebody_else",
        ),
    ],
)
def test_what_must_never_be_is_refused_in_sql(opened, owner, change, constraint):
    words = change.format(other=owner.pk)

    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE clients_breakglass SET {words} WHERE id = %s", [opened.pk])  # noqa: S608 - a change that the test itself writes


# what it opens, and what it does not


@pytest.fixture
def held(client_person, clinician):
    """A session that took place, without a note yet."""
    return SessionFactory(
        client=client_person, clinician=clinician, completed=True, starts_at=MONDAY_NOON - 2 * HOUR
    )


def test_the_record_is_read_on_pages_and_by_programs(opened, helper, client_person, browser_of, api_of):
    page = browser_of(helper).get(url("client", client_person))
    answer = api_of(helper).get(f"/api/v1/clients/{client_person.uid}/")

    assert "Ways of working together" in page.content.decode()
    assert (answer.status_code, "focus" in answer.json()) == (200, True)


def test_signed_notes_are_read(opened, helper, held, clinician, browser_of):
    from sessions.notes.actions import sign_note  # noqa: PLC0415

    sign_note(note=NoteFactory(session=held), by=clinician, now=MONDAY_NOON)

    assert "Talked about the week." in browser_of(helper).get(url("note", held)).content.decode()


def test_a_note_is_written(opened, helper, held, api_of):
    draft = {"format": "soap", "body": {"plan": "They are safe."}, "version": 0}

    answer = api_of(helper).put(f"/api/v1/sessions/{held.uid}/notes/", draft, format="json")

    assert (answer.status_code, Note.objects.get().author) == (201, helper)


@pytest.mark.parametrize(
    "name", ["ask_screening", "edit_client", "set_status", "join_care_team", "ask_summary", "open_portal"]
)
def test_everything_else_stays_shut(opened, helper, client_person, browser_of, name):
    assert browser_of(helper).post(url(name, client_person)).status_code == 403


def test_no_decision_is_taken(opened, helper, client_person, browser_of):
    ClearanceFactory(client=client_person)

    assert browser_of(helper).post(url("decide_clearance", client_person)).status_code == 403


def test_nothing_is_booked_or_changed(opened, helper, client_person, held, browser_of, api_of):
    sent = {"client": str(client_person.uid), "mode": "sit", "starts_at": "2026-06-02T10:00:00+01:00"}

    assert api_of(helper).post("/api/v1/sessions/", sent, format="json").status_code == 403
    assert browser_of(helper).post(url("move_session", held)).status_code == 403
    assert browser_of(helper).post(url("no_show_session", held)).status_code == 403
    assert (
        client_person.name
        not in browser_of(helper).get(url("book_session")).content.decode().split("<form")[2]
    )


def test_no_summary_is_asked_or_read_by_a_program(opened, helper, client_person, api_of):
    sent = {
        "client": str(client_person.uid),
        "since": "2026-05-01",
        "until": "2026-05-31",
        "audience": "supervision",
    }

    assert api_of(helper).post("/api/v1/summaries/", sent, format="json").status_code == 403
    assert api_of(helper).get("/api/v1/summaries/").json()["results"] == []


# the pages


def test_a_search_by_reference_leads_there(helper, client_person, browser_of):
    page = browser_of(helper).get(url("caseload"), {"q": client_person.reference}).content.decode()

    assert url("break_glass", client_person) in page
    assert client_person.name not in page


@pytest.mark.parametrize("words", ["TP-9999", "Sam", "T"])
def test_a_search_by_anything_else_leads_nowhere(helper, client_person, browser_of, words):
    assert "break-glass" not in browser_of(helper).get(url("caseload"), {"q": words}).content.decode()


def test_without_the_right_a_search_says_nothing(clinician, stranger, browser_of):
    page = browser_of(clinician).get(url("caseload"), {"q": stranger.reference}).content.decode()

    assert "is not in your care" not in page
    assert browser_of(clinician).get(url("break_glass", stranger)).status_code == 403


def test_opening_on_the_page_tells_every_owner_at_once(
    helper, owner, client_person, browser_of, mailoutbox, django_capture_on_commit_callbacks
):
    second = MemberFactory(roles=["owner"])
    browser = browser_of(helper)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(url("break_glass", client_person), WHY)

    assert answer.url == url("client", client_person)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([owner.user.email, second.user.email])
    [letter, _other] = mailoutbox
    assert client_person.reference in letter.body
    assert not any(
        word in letter.subject + letter.body for word in (client_person.name, "rang", "crisis", "note")
    )


def test_a_letter_that_does_not_go_out_stops_nothing(
    helper, owner, client_person, browser_of, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("clients.emergency.letters.send_mail", lambda *_words: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(helper).post(url("break_glass", client_person), WHY)

    assert sees(helper, client_person)


def test_an_old_sign_in_is_asked_again(helper, client_person, browser_of, now):
    browser = browser_of(helper)
    now.move_to(MONDAY_NOON + 11 * MINUTE, tick=False)

    assert browser.post(url("break_glass", client_person), WHY).status_code == 403
    assert not BreakGlass.objects.exists()


def test_a_refusal_stays_on_the_page(opened, helper, stranger, browser_of):
    answer = browser_of(helper).post(url("break_glass", stranger), WHY)

    assert answer.status_code == 422
    assert "has not been looked at yet" in answer.content.decode()


def test_who_sees_the_record_is_led_there(clinician, client_person, browser_of):
    clinician.rights = ["break_glass"]
    clinician.save()

    assert browser_of(clinician).get(url("break_glass", client_person)).url == url("client", client_person)


def test_every_page_says_that_a_record_is_open(opened, helper, client_person, browser_of, now):
    now.move_to(MONDAY_NOON + 18 * MINUTE, tick=False)
    browser = browser_of(helper)

    for name in ("today", "caseload", "routes"):
        page = browser.get(url(name)).content.decode()
        assert "42 minutes left" in page
        assert url("end_break_glass", opened) in page


def test_for_everybody_else_there_is_no_banner(opened, clinician, owner):
    assert banners(clinician, MONDAY_NOON) == banners(owner, MONDAY_NOON) == []


def test_ending_it_on_the_page(opened, helper, client_person, browser_of):
    browser = browser_of(helper)

    browser.post(url("end_break_glass", opened))

    assert browser.get(url("client", client_person)).status_code == 404


def test_another_one_finds_nothing_to_end(opened, clinician, browser_of):
    clinician.rights = ["break_glass"]
    clinician.save()

    assert browser_of(clinician).post(url("end_break_glass", opened)).status_code == 404


def test_an_owner_is_told_on_today_until_they_looked(opened, owner, clinician):
    [now_open] = attention(owner, MONDAY_NOON)
    [over] = attention(owner, MONDAY_NOON + 2 * HOUR)
    look_at(opened, owner)

    assert (now_open.urgency, over.urgency) == ("alert", "waiting")
    assert attention(owner, MONDAY_NOON + 2 * HOUR) == attention(clinician, MONDAY_NOON) == []


def test_an_owner_looks_at_it_on_the_page(opened, owner, browser_of, now):
    browser = browser_of(owner)
    now.move_to(MONDAY_NOON + 2 * HOUR, tick=False)
    browser = browser_of(owner)
    assert "They rang the desk" in browser.get(url("break_glass_reviews")).content.decode()

    browser.post(url("review_break_glass", opened), {"review": "It was right."})

    opened.refresh_from_db()
    assert (opened.reviewed_by, opened.review) == (owner, "It was right.")


def test_a_review_without_words_is_asked_for_them(opened, owner, browser_of, now):
    now.move_to(MONDAY_NOON + 2 * HOUR, tick=False)

    answer = browser_of(owner).post(url("review_break_glass", opened), {"review": ""})

    assert answer.status_code == 422
