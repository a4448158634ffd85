"""The clinician's page and the same by API: every choice, who may, and who is told."""

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from clients.models import CareTeamMember, Client
from practice.models import AuditEvent
from tests.factories import MONDAY_NOON, MemberFactory
from tests.sessions.onhold.conftest import DAY, HOUR, again, states

pytestmark = pytest.mark.django_db
THEN = MONDAY_NOON + 2 * HOUR


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(THEN, tick=False):
        yield


@pytest.fixture
def held(book, hold, route):
    sessions = [book(1, route=route), book(8)]
    hold()
    return sessions


def page_of(client):
    return reverse("held_sessions", args=[client.uid])


def send(browser, client, **sent):
    return browser.post(reverse("choose_held", args=[client.uid]), sent, follow=True)


def words(answer):
    return answer.content.decode()


def test_the_page_lists_what_is_on_hold_with_its_choices(browser_of, clinician, mover, held):
    page = words(browser_of(clinician).get(page_of(mover)))

    for said in (
        "Tue 2 Jun, 13:00",
        "Towpath loop",
        "Sit instead",
        "Keep on hold",
        "All 2 at once",
        "on hold since",
    ):
        assert said in page
    assert "Let it go ahead" not in page


def test_the_decision_leads_to_the_choice(browser_of, clinician, mover, held):
    page = words(browser_of(clinician).get(reverse("decide_clearance", args=[mover.uid])))

    assert "2 sessions are on hold" in page
    assert f'href="{page_of(mover)}"' in page


def test_the_decision_says_nothing_of_sessions_once_all_is_chosen(browser_of, clinician, mover, held):
    staff = browser_of(clinician)
    send(staff, mover, choice="cancel")

    page = words(staff.get(reverse("decide_clearance", args=[mover.uid])))

    assert page_of(mover) not in page


def test_with_nothing_on_hold_it_says_so(browser_of, clinician, mover):
    assert "Nothing is on hold" in words(browser_of(clinician).get(page_of(mover)))


def test_one_choice_and_one_letter_without_a_clinical_word(
    browser_of, clinician, mover, held, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = send(browser_of(clinician), mover, choice="sit", place="video", session=str(held[0].uid))

    session = again(held[0])
    assert (session.mode, session.place, states(held[1])) == ("sit", "video", ["on_hold"])
    assert "The client gets one letter" in words(page)
    (letter,) = mail.outbox
    assert letter.to == [mover.member.user.email]
    assert letter.subject == "About your appointments"
    for word in ("walk", "run", "hold", "injur", "clear", "therap", "Sam", "Robin", "2 Jun"):
        assert word not in (letter.subject + letter.body).lower().replace("http://testserver/my/", "")
    assert "http://testserver/my/" in letter.body


def test_all_at_once_is_one_letter(browser_of, clinician, mover, held, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = send(browser_of(clinician), mover, choice="cancel", place="office")

    assert states(*held) == ["cancelled"] * 2
    assert len(mail.outbox) == 1
    assert "Kept for 2 sessions." in words(page)
    assert AuditEvent.objects.get(action="client_told").detail == {"sessions": 2}


def test_pressed_twice_nobody_is_told_twice(
    browser_of, clinician, mover, held, django_capture_on_commit_callbacks
):
    browser = browser_of(clinician)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            page = send(browser, mover, choice="keep", place="office", session=str(held[0].uid))

    assert len(mail.outbox) == 1
    assert "Nobody is told twice" in words(page)


def test_without_an_address_the_clinician_is_asked_to_call(browser_of, clinician, mover, held):
    mover.member.user.email = ""
    mover.member.user.save()
    Client.objects.update(email="")

    page = send(browser_of(clinician), mover, choice="sit", place="office")

    assert "please call the client" in words(page)
    assert mail.outbox == []


def test_without_the_portal_the_letter_asks_to_call(
    browser_of, clinician, mover, held, django_capture_on_commit_callbacks
):
    Client.objects.update(member=None)
    with django_capture_on_commit_callbacks(execute=True):
        send(browser_of(clinician), mover, choice="sit", place="office")

    assert "Please call us" in mail.outbox[0].body
    assert "http" not in mail.outbox[0].body


def test_a_choice_that_is_none_is_said_on_the_page(browser_of, clinician, mover, held):
    answer = browser_of(clinician).post(reverse("choose_held", args=[mover.uid]), {"choice": "fly"})

    assert answer.status_code == 422
    assert states(*held) == ["on_hold"] * 2


def test_a_refusal_is_said_in_words(browser_of, clinician, mover, held):
    page = send(browser_of(clinician), mover, choice="go_ahead", place="office", session=str(held[0].uid))

    assert "on hold since" in words(page)
    assert states(held[0]) == ["on_hold"]


def test_undo_from_the_page(browser_of, clinician, mover, held):
    browser = browser_of(clinician)
    page = send(browser, mover, choice="sit", place="office", session=str(held[0].uid))
    assert "Undo" in words(page)

    page = browser.post(reverse("undo_choice", args=[held[0].uid]), follow=True)

    assert "Taken back: it is on hold again." in words(page)
    assert states(held[0]) == ["on_hold"]


def test_the_page_of_the_session_leads_there_and_offers_to_undo(browser_of, clinician, mover, held):
    browser, url = browser_of(clinician), reverse("session", args=[held[0].uid])
    assert page_of(mover) in words(browser.get(url))
    send(browser, mover, choice="cancel", place="office", session=str(held[0].uid))

    assert "Undo: on hold again" in words(browser.get(url))


def test_the_desk_and_others_may_not(browser_of, mover, held, reception, colleague, owner):
    for member, status in ((reception, 403), (colleague, 404), (owner, 403), (mover.member, 403)):
        browser = browser_of(member)
        assert browser.get(page_of(mover)).status_code == status
        assert browser.post(reverse("choose_held", args=[mover.uid]), {"choice": "sit"}).status_code == status
        assert browser.post(reverse("undo_choice", args=[held[0].uid])).status_code in {403, 404}
    assert states(*held) == ["on_hold"] * 2


def test_a_supervisor_reads_and_does_not_choose(browser_of, mover, held):
    supervisor = MemberFactory(roles=["clinician", "supervisor"])
    CareTeamMember.objects.create(
        client=mover, member=supervisor, part="supervising", since=MONDAY_NOON.date() - DAY
    )

    assert (
        browser_of(supervisor).post(reverse("choose_held", args=[mover.uid]), {"choice": "sit"}).status_code
        == 403
    )


def test_by_program_the_same_with_the_same_letter(
    api_of, clinician, mover, held, django_capture_on_commit_callbacks
):
    url, caller = f"/api/v1/clients/{mover.uid}/sessions-on-hold/", api_of(clinician)
    listed = caller.get(url).json()
    assert [one["state"] for one in listed] == ["on_hold", "on_hold"]
    assert listed[0]["held_at"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = caller.post(url, {"choice": "sit", "sessions": [str(held[0].uid)]}, format="json")

    assert (answer.status_code, answer.json()[0]["mode"], len(mail.outbox)) == (200, "sit", 1)
    undone = caller.post(f"/api/v1/sessions/{held[0].uid}/undo-choice/")
    assert (undone.status_code, undone.json()["state"]) == (200, "on_hold")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"choice": "go_ahead"}, 409, "not_cleared"),
        ({"choice": "fly"}, 400, ""),
        ({"choice": "sit", "place": "moon"}, 400, ""),
        ({"choice": "sit", "sessions": []}, 400, ""),
        ({"choice": "sit", "sessions": ["6c6ad4c8-8ac7-4e3f-9d9f-3f0e9a6c1f10"]}, 409, "nothing_on_hold"),
        ({}, 400, ""),
    ],
)
def test_by_program_it_says_no_like_the_page(api_of, clinician, mover, held, sent, status, code):
    answer = api_of(clinician).post(f"/api/v1/clients/{mover.uid}/sessions-on-hold/", sent, format="json")

    assert answer.status_code == status
    assert not code or answer.json()["code"] == code
    assert states(*held) == ["on_hold"] * 2


def test_by_program_a_session_on_hold_does_not_take_place(api_of, clinician, held):
    answer = api_of(clinician).post(f"/api/v1/sessions/{held[0].uid}/complete/")

    assert answer.json()["code"] in {"session_on_hold", "not_started"}


def test_by_program_undoing_nothing_is_refused(api_of, clinician, held):
    answer = api_of(clinician).post(f"/api/v1/sessions/{held[0].uid}/undo-choice/")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")


def test_the_list_is_narrowed_to_what_is_on_hold(api_of, clinician, held, book):
    book(3, mode="sit", place="office", pace="", now=THEN)

    found = api_of(clinician).get("/api/v1/sessions/?state=on_hold").json()["results"]

    assert {one["id"] for one in found} == {str(session.uid) for session in held}
