"""T43: a sign-in locks when nobody does anything, ends after a day, and what was typed survives both."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from practice.people.clock import NOTED_EVERY_S, OF_CLIENTS, OF_STAFF
from practice.people.freshness import FRESH_S
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOME, CALENDAR = "/style/", "/style/?of=the-page"
POLL = {"HX-Request": "true"}
BY_ITSELF = {"X-Requested-With": "fetch", "Sec-Fetch-Dest": "empty"}


@pytest.fixture
def clock():
    """Noon, and a way to let time pass."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(clock, browser_of, clinician):
    return browser_of(clinician)


def later(clock, seconds):
    clock.shift(timedelta(seconds=seconds))


def is_locked(response):
    return response.status_code == 403 and b"Is it still you?" in response.content


def test_it_is_open_until_the_last_second(clock, browser):
    later(clock, OF_STAFF.idle_s - 1)

    assert browser.get(HOME).status_code == 200


def test_then_it_locks_and_shows_nobodys_name(clock, browser, clinician):
    later(clock, OF_STAFF.idle_s)

    response = browser.get(HOME)

    assert is_locked(response)
    assert clinician.name not in response.content.decode()


def test_doing_something_begins_the_time_anew(clock, browser):
    for _minute in range(3):
        later(clock, OF_STAFF.idle_s - 1)
        browser.get(HOME)

    assert browser.get(HOME).status_code == 200


def test_what_is_done_within_a_minute_is_not_written(clock, browser, django_assert_num_queries):
    browser.get(HOME)
    later(clock, NOTED_EVERY_S - 1)
    before = browser.session["seen_at"]

    browser.get(HOME)

    assert browser.session["seen_at"] == before


def test_a_client_has_longer(clock, browser_of, client_person):
    browser = browser_of(client_person.member)

    later(clock, OF_CLIENTS.idle_s - 1)
    still = browser.get(reverse("portal_home"))
    later(clock, OF_CLIENTS.idle_s)

    assert still.status_code == 200
    assert is_locked(browser.get(reverse("portal_home")))


@pytest.mark.parametrize("headers", [POLL, BY_ITSELF])
def test_what_the_page_asks_by_itself_keeps_nothing_open(clock, browser, headers):
    for _third in range(3):
        later(clock, OF_STAFF.idle_s // 3)
        last = browser.get(HOME, headers=headers)

    assert last.status_code == 401
    assert last.json()["code"] == "locked"


def test_the_api_by_cookie_keeps_nothing_open_and_locks_too(clock, browser):
    later(clock, OF_STAFF.idle_s - 1)
    still = browser.get(reverse("api_me"))
    later(clock, 1)

    answer = browser.get(reverse("api_me"))

    assert still.status_code == 200
    assert (answer.status_code, answer.json()["code"]) == (401, "locked")


def test_a_click_on_still_here_keeps_it_open(clock, browser):
    later(clock, OF_STAFF.idle_s - 1)
    browser.post(reverse("still_here"), headers=BY_ITSELF)
    later(clock, OF_STAFF.idle_s - 1)

    assert browser.get(HOME).status_code == 200


def test_looking_at_how_long_is_left_does_not(clock, browser):
    later(clock, OF_STAFF.idle_s - 10)

    assert browser.get(reverse("still_here"), headers=BY_ITSELF).json() == {"seconds_left": 10}

    later(clock, 10)
    assert is_locked(browser.get(HOME))


def test_the_password_opens_it_where_one_was(clock, browser):
    later(clock, OF_STAFF.idle_s)

    answer = browser.post(reverse("confirm_sign_in"), {"confirm_password": PASSWORD, "next": CALENDAR})

    assert answer["Location"] == CALENDAR
    assert browser.get(HOME).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x", ""]
)
def test_it_leads_to_no_other_site(clock, browser, elsewhere):
    later(clock, OF_STAFF.idle_s)

    answer = browser.post(reverse("confirm_sign_in"), {"confirm_password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/"


def test_another_word_does_not_open_it(clock, browser):
    later(clock, OF_STAFF.idle_s)

    answer = browser.post(HOME, {"confirm_password": "not-the-password"})

    assert is_locked(answer)
    assert b"That did not match" in answer.content
    assert is_locked(browser.get(HOME))


def test_it_has_another_id_afterwards(clock, browser):
    before = browser.session.session_key
    later(clock, OF_STAFF.idle_s)

    browser.post(reverse("confirm_sign_in"), {"confirm_password": PASSWORD})

    assert browser.session.session_key != before


def test_what_was_typed_waits_on_the_lock_page_and_goes_on(clock, browser, clinician):
    register, typed = reverse("register_client"), {"name": "Sam <Wood>\nWell", "uid": ""}
    later(clock, OF_STAFF.idle_s)

    page = browser.post(register, typed)
    gone_on = browser.post(register, {**typed, "confirm_password": PASSWORD})

    assert is_locked(page)
    assert "Sam &lt;Wood&gt;\nWell" in page.content.decode()
    assert not is_locked(gone_on)
    assert gone_on.wsgi_request.POST["name"] == typed["name"]
    assert "confirm_password" not in gone_on.wsgi_request.POST


def test_after_a_days_work_it_ends_whatever_is_done(clock, browser):
    later(clock, OF_STAFF.whole_s - 1)
    session = browser.session
    session["seen_at"] = session["signed_in_at"] + OF_STAFF.whole_s - 1
    session.save()

    at_last = browser.get(HOME)
    later(clock, 1)

    assert at_last.status_code == 200
    assert browser.get(HOME)["Location"].startswith(reverse("account_login"))


def test_what_was_typed_when_it_ended_waits_until_the_same_person_is_back(
    clock, browser, clinician, colleague
):
    register, typed = reverse("register_client"), {"name": "Sam Wood"}
    later(clock, OF_STAFF.whole_s)

    page = browser.post(register, typed)
    mark = page.context["sent_as"]
    browser.force_login(colleague.user)
    by_another = browser.post(register, {**typed, "sent_as": mark})
    browser.force_login(clinician.user)
    by_the_same = browser.post(register, {**typed, "sent_as": mark})

    assert "Sam Wood" in page.content.decode()
    assert by_another["Location"] == "/"
    assert by_the_same.wsgi_request.POST["name"] == "Sam Wood"
    assert by_the_same.status_code != 403


def test_a_draft_that_saves_itself_is_told_and_not_lost(clock, browser):
    later(clock, OF_STAFF.whole_s)

    answer = browser.post("/style/", {"text": "typed"}, headers=BY_ITSELF)

    assert answer.status_code == 401
    assert "message" in answer.json()


def test_signing_out_works_while_it_is_locked(clock, browser):
    later(clock, OF_STAFF.idle_s)

    assert browser.post(reverse("account_logout")).status_code == 302
    assert browser.get(HOME)["Location"].startswith(reverse("account_login"))


def test_help_is_there_while_it_is_locked(clock, browser):
    later(clock, OF_STAFF.idle_s)

    assert browser.get(reverse("help_now")).status_code == 200


def test_a_session_that_does_not_say_when_it_began_is_over(browser):
    session = browser.session
    del session["signed_in_at"]
    session.save()

    assert browser.get(HOME)["Location"].startswith(reverse("account_login"))


def test_a_stale_sign_in_is_asked_again_before_what_weighs_most(clock, browser, client_person):
    portal = reverse("open_portal", args=[client_person.uid])
    later(clock, FRESH_S)

    asked = browser.get(portal)
    gone_on = browser.post(reverse("confirm_sign_in"), {"confirm_password": PASSWORD, "next": portal})

    assert is_locked(asked)
    assert gone_on["Location"] == portal
    assert browser.get(portal).status_code == 200


@pytest.mark.parametrize("door", ["join_care_team", "hand_over"])
def test_a_stale_sign_in_lets_nobody_into_a_record(clock, browser, client_person, door):
    later(clock, FRESH_S)

    answer = browser.post(reverse(door, args=[client_person.uid]), {"member": str(uuid4())})

    assert is_locked(answer)
    assert client_person.care_team.count() == 1


def test_the_session_holds_no_word_of_a_client(browser, client_person):
    browser.get(reverse("client", args=[client_person.uid]))
    browser.post(reverse("edit_client", args=[client_person.uid]), {"name": "Sam Wood"})

    assert "Sam" not in str(dict(browser.session))
    assert set(browser.session.keys()) <= {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "signed_in_at",
        "seen_at",
        "account_authentication_methods",
        "account_authentication_methods_user",
    }


def test_an_anonymous_form_is_not_a_way_in(db):
    answer = Browser().post(reverse("register_client"), {"name": "Sam Wood", "confirm_password": PASSWORD})

    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()
