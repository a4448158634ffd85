"""The calendar, the form and the page of one session, as each role sees them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from clients.models import EmergencyContact
from sessions.booking import actions
from sessions.models import TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, MemberFactory, SessionFactory
from tests.sessions.booking.conftest import TOMORROW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture
def typed(walker, clinician):
    """What somebody types to book a walk for tomorrow, 13:00 in London."""
    return {
        "client": str(walker.uid),
        "clinician": str(clinician.uid),
        "mode": "walk",
        "pace": "chat",
        "place": "",
        "route": "",
        "meeting_place": "At the bench",
        "date": "2026-06-02",
        "time": "13:00",
        "minutes": "50",
        "token": "6c6ad4c8-8ac7-4e3f-9d9f-3f0e9a6c1f10",
    }


def words(answer):
    return answer.content.decode()


def url(name, session):
    return reverse(name, args=[session.uid])


def test_the_calendar_shows_this_week(browser_of, clinician, book):
    book()

    page = browser_of(clinician).get("/calendar/")

    assert "Sam Wood" in words(page)
    assert "1 – 7 June 2026" in words(page)


def test_the_calendar_shows_the_week_it_is_asked_for(browser_of, clinician, book):
    book()

    page = browser_of(clinician).get("/calendar/?week=2026-W24")

    assert "Sam Wood" not in words(page)
    assert "2026-W23" in words(page)
    assert "2026-W25" in words(page)


@pytest.mark.parametrize("week", ["2026-W99", "yesterday", "9999-W01", "2026-W23%00", "<b>"])
def test_an_impossible_week_is_said_so(browser_of, clinician, week):
    page = browser_of(clinician).get(f"/calendar/?week={week}")

    assert page.status_code == 200
    assert "No such week" in words(page)
    assert "<b>”" not in words(page)


def test_a_clinician_sees_their_own_week_and_on_request_their_clients(browser_of, clinician, walker):
    SessionFactory(client=walker, clinician=MemberFactory(name="Kim Reed"), starts_at=TOMORROW)
    browser = browser_of(clinician)

    assert "Kim Reed" not in words(browser.get("/calendar/"))
    assert "Kim Reed" in words(browser.get("/calendar/?clinician=all"))


def test_a_colleague_does_not_see_the_week_of_others(browser_of, colleague, book):
    book()

    assert "Sam Wood" not in words(browser_of(colleague).get("/calendar/?clinician=all"))


def test_the_desk_sees_every_booking_without_clinical_words(browser_of, reception, book, walker):
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")
    session = book()
    ClearanceFactory(client=walker, decision="hold")
    browser = browser_of(reception)

    calendar, page = words(browser.get("/calendar/")), words(browser.get(url("session", session)))

    assert "Sam Wood" in calendar
    assert "On hold: ask the clinician first" in calendar
    assert "leared" not in calendar + page
    assert "Flat routes" not in page


def test_the_desk_filters_by_clinician(browser_of, reception, book, colleague):
    book()

    page = browser_of(reception).get(f"/calendar/?clinician={colleague.uid}")

    assert "Sam Wood" not in words(page)


@pytest.mark.parametrize("name", ["calendar", "book_session"])
def test_a_client_and_an_owner_have_no_calendar(browser_of, client_person, owner, name):
    assert browser_of(client_person.member).get(reverse(name)).status_code == 403
    assert browser_of(owner).get(reverse(name)).status_code == 403


def test_the_form_says_which_ways_are_open_and_why_not(browser_of, clinician, walker):
    page = words(browser_of(clinician).get(f"/sessions/new/?client={walker.uid}"))

    assert "Not cleared for running: no clinician has decided yet." in page
    assert page.count("disabled") == 1


def test_the_form_shows_the_conditions(browser_of, clinician, walker):
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")

    assert "Flat routes only" in words(browser_of(clinician).get(f"/sessions/new/?client={walker.uid}"))


def test_for_the_desk_every_client_looks_the_same(browser_of, reception, walker, client_person):
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")
    browser = browser_of(reception)

    walkers = mode_tiles(words(browser.get(f"/sessions/new/?client={walker.uid}")))
    others = mode_tiles(words(browser.get(f"/sessions/new/?client={client_person.uid}")))

    assert walkers == others
    assert "disabled" not in walkers


def mode_tiles(page):
    """The part of the form where the way of meeting is chosen."""
    return page.split('<div class="tiles">')[1].split("</fieldset>")[0]


def test_the_form_says_how_long_a_route_takes(browser_of, clinician, walker, route):
    page = words(browser_of(clinician).get(f"/sessions/new/?client={walker.uid}&mode=walk&pace=chat"))

    assert "Towpath loop · 3.2 km · about 40 min" in page


def test_nonsense_in_the_address_only_leaves_fields_empty(browser_of, clinician):
    answer = browser_of(clinician).get(
        "/sessions/new/?client=x&date=99&time=%00&mode=fly&route=1&minutes=1e9&pace=zz&clinician=%00"
    )

    assert answer.status_code == 200


def test_booking_leads_to_the_session(browser_of, clinician, typed):
    answer = browser_of(clinician).post("/sessions/new/", typed)

    session = TherapySession.objects.get()
    assert answer.url == url("session", session)
    assert (session.starts_at, session.meeting_place) == (TOMORROW, "At the bench")


def test_a_double_click_books_once(browser_of, clinician, typed):
    browser = browser_of(clinician)

    first, second = browser.post("/sessions/new/", typed), browser.post("/sessions/new/", typed)

    assert first.url == second.url
    assert TherapySession.objects.count() == 1


def test_a_used_form_gets_a_new_token_and_books_another(browser_of, clinician, typed):
    browser = browser_of(clinician)
    browser.post("/sessions/new/", typed)

    asked = browser.post("/sessions/new/", {**typed, "time": "15:00"})

    assert "has booked a session already" in words(asked)
    again = {**typed, "time": "15:00", "token": str(asked.context["form"]["token"].value())}
    assert browser.post("/sessions/new/", again).status_code == 302


def test_a_refusal_stands_at_its_field_and_keeps_everything_typed(browser_of, clinician, typed, book):
    book()

    answer = browser_of(clinician).post("/sessions/new/", typed)

    assert answer.status_code == 422
    assert "already has a session then" in str(answer.context["form"].errors["time"])
    assert 'value="At the bench"' in words(answer)
    assert 'value="13:00"' in words(answer)
    assert "<title>Error:" in words(answer)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "2026-02-31", "Something looks off with the date"),
        ("date", "0001-01-01", "Something looks off with the date"),
        ("date", "9999-12-31", "Something looks off with the date"),
        ("time", "25:00", "like 09:30"),
        ("minutes", "0", "end before it starts"),
        ("minutes", "5000", "at most 240"),
        ("minutes", "many", "whole number"),
        ("minutes", "9" * 4000, "at most 240"),
        ("meeting_place", "a\0b", "ull characters"),
        ("client", "x", "not a valid"),
        ("mode", "fly", "Please choose one of these."),
        ("token", "x", "valid UUID"),
    ],
)
def test_bad_input_gets_a_clear_word(browser_of, clinician, typed, field, value, said):
    answer = browser_of(clinician).post("/sessions/new/", {**typed, field: value})

    assert answer.status_code == 422
    assert said in words(answer)
    assert not TherapySession.objects.exists()


def test_a_time_the_clocks_jump_over_is_refused_in_words(browser_of, clinician, typed):
    answer = browser_of(clinician).post("/sessions/new/", {**typed, "date": "2027-03-28", "time": "01:30"})

    assert "The clocks go forward" in words(answer)


def test_emoji_and_right_to_left_words_are_kept(browser_of, clinician, typed):
    browser_of(clinician).post("/sessions/new/", {**typed, "meeting_place": "بوابة الشمال 🌿"})

    assert TherapySession.objects.get().meeting_place == "بوابة الشمال 🌿"


def test_another_clinicians_client_is_not_offered(browser_of, colleague, typed, walker):
    browser = browser_of(colleague)

    assert str(walker.uid) not in words(browser.get(f"/sessions/new/?client={walker.uid}"))
    assert browser.post("/sessions/new/", typed).status_code == 422


def test_the_session_page_says_everything(browser_of, clinician, walker, book, route):
    EmergencyContact.objects.create(client=walker, name="Mo Wood", phone="020 7946 0000")
    ClearanceFactory(client=walker, decision="conditions", conditions="Flat routes only")
    session = book(route=route)

    page = words(browser_of(clinician).get(url("session", session)))

    for said in (
        "Sam Wood",
        "Lock keeper&#x27;s cottage",
        "Flat routes only",
        "Mo Wood",
        "020 7946 0000",
        "Towpath loop",
        "10 min kept free",
        "The line of Towpath loop",
    ):
        assert said in page


def test_the_session_page_says_when_the_clearance_fell(browser_of, clinician, walker, book):
    session = book()
    ClearanceFactory(client=walker, decision="hold")

    assert "on hold since" in words(browser_of(clinician).get(url("session", session)))


@pytest.mark.parametrize(
    "name",
    [
        "session",
        "move_session",
        "cancel_session",
        "complete_session",
        "no_show_session",
        "put_back_session",
    ],
)
def test_a_colleague_does_not_know_that_the_session_exists(browser_of, colleague, book, name):
    browser, address = browser_of(colleague), url(name, book())
    is_click = name in {"complete_session", "no_show_session", "put_back_session"}

    answer = browser.post(address) if is_click else browser.get(address)

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["complete_session", "no_show_session"])
def test_the_desk_does_not_say_what_became_of_a_session(browser_of, reception, book, name):
    assert browser_of(reception).post(url(name, book())).status_code == 403


@pytest.mark.parametrize("name", ["complete_session", "no_show_session", "put_back_session"])
def test_a_change_is_never_made_by_reading(browser_of, clinician, book, name):
    assert browser_of(clinician).get(url(name, book())).status_code == 405


def test_moving_from_the_page(browser_of, clinician, book, typed):
    session = book()
    browser = browser_of(clinician)
    seen = browser.get(url("move_session", session)).context["form"]["seen"].value()

    answer = browser.post(url("move_session", session), {**typed, "time": "15:00", "seen": seen})

    session.refresh_from_db()
    assert answer.status_code == 302
    assert session.starts_at == TOMORROW + timedelta(hours=2)


def test_a_stale_move_is_refused(browser_of, clinician, book, typed):
    session = book()
    seen = session.starts_at.isoformat()
    actions.move_session(
        session=session, starts_at=TOMORROW + timedelta(hours=4), by=clinician, now=MONDAY_NOON
    )

    answer = browser_of(clinician).post(
        url("move_session", session), {**typed, "time": "15:00", "seen": seen}
    )

    assert answer.status_code == 422
    assert "Somebody changed this session meanwhile" in words(answer)


def test_cancelling_asks_why(browser_of, clinician, book):
    session = book()
    browser = browser_of(clinician)

    assert browser.post(url("cancel_session", session), {}).status_code == 422
    assert browser.post(url("cancel_session", session), {"reason": "weather"}).status_code == 302
    assert "Put it back" in words(browser.get(url("session", session)))


def test_a_click_too_early_is_answered_in_words(browser_of, clinician, book):
    answer = browser_of(clinician).post(url("complete_session", book()), follow=True)

    assert "has not started yet" in words(answer)


def test_saying_that_it_took_place(browser_of, clinician, book):
    session = book()
    with time_machine.travel(TOMORROW + timedelta(hours=1), tick=False):
        browser_of(clinician).post(url("complete_session", session))

    session.refresh_from_db()
    assert session.state == "completed"


def test_the_week_asks_the_same_questions_however_full_it_is(
    browser_of, clinician, book, sit, django_assert_max_num_queries
):
    browser = browser_of(clinician)
    book()
    browser.get("/calendar/")
    with django_assert_max_num_queries(17) as few:  # five of them say where the request begins and who acts
        browser.get("/calendar/")
    for hour in range(2, 9):
        book(starts_at=TOMORROW + timedelta(hours=hour))

    with django_assert_max_num_queries(len(few)):
        browser.get("/calendar/")
