"""The emergency card: what it says, what it never says, who may open it; every refusal around it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from clients.models import EmergencyContact
from clients.safety.actions import note_first_aid
from clients.screening import actions as screening
from practice.models import AuditEvent
from sessions.emergency_card import actions, screens
from sessions.emergency_card.actions import PlaceWords
from sessions.models import Buddy, EmergencyPlaces
from tests.clients.screening.answering import fill
from tests.factories import MONDAY_NOON, ClearanceFactory, RouteFactory, SessionFactory

pytestmark = pytest.mark.django_db
PLACES = PlaceWords(
    address="1 Lock Lane, Weirford",
    latitude=51.50072,
    longitude=-0.12462,
    access_point="Gate at Mill Road",
    nearest_aed="Boathouse, outside wall, day and night",
    nearest_ed="Weirford General",
)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def walk(client_person, clinician):
    clearance = ClearanceFactory(
        client=client_person, decided_by=clinician, conditions="Flat, no further than 30 min."
    )
    return SessionFactory(walk=True, client=client_person, clinician=clinician, clearance=clearance)


@pytest.fixture
def open_card(browser_of, clinician, walk):
    def do(member=clinician):
        return browser_of(member).get(reverse("emergency_card", args=[walk.uid]))

    return do


def keep(route, by, **changes):
    usual = {"words": PLACES, "seen_version": 0, "by": by, "now": MONDAY_NOON}
    return actions.keep_places(route=route, **usual | changes)


def test_it_says_where_we_are_in_words_degrees_and_code(open_card, walk, clinician):
    keep(walk.route, clinician)

    page = text(open_card())

    for said in ("cottage", "1 Lock Lane, Weirford", "51.50072, -0.12462", "9C3XGV2G+7"):
        assert said in page
    for said in ("Gate at Mill Road", "Boathouse, outside wall, day and night", "Weirford General"):
        assert said in page


def test_without_degrees_it_is_where_the_line_begins(open_card, walk):
    page = text(open_card())

    assert "51.50000, -0.10000" in page
    assert "where the line of the route begins" in page
    assert page.count("Not written down") == 3


def test_it_warns_where_the_session_meets_elsewhere(open_card, walk):
    walk.meeting_place = "Station, east entrance"
    walk.save()

    page = text(open_card())

    assert "Station, east entrance" in page
    assert "meets at another place than its route" in page


def test_it_names_the_emergency_number_of_the_country(open_card, practice):
    practice.country = "US"
    practice.save()

    assert 'href="tel:911"' in text(open_card())


def test_it_names_contact_needs_and_buddy(open_card, client_person, clinician):
    EmergencyContact.objects.create(
        client=client_person, name="Mo Wood", relation="sister", phone="01632 960002"
    )
    note_first_aid(
        client=client_person, words="Wasps; pen in the left pocket.", by=clinician, now=MONDAY_NOON
    )
    actions.name_buddy(name="Ash Ford", phone="01632 960003", by=clinician, now=MONDAY_NOON)

    page = text(open_card())

    for said in (
        "Mo Wood",
        "sister",
        "tel:01632 960002",
        "Wasps; pen in the left pocket.",
        "Ash Ford",
        "tel:01632 960003",
    ):
        assert said in page


def test_where_nothing_is_known_it_says_so(open_card):
    page = text(open_card())

    assert "No medical needs are written down. Ask them." in page
    assert page.count("Nobody named") == 2


def test_it_bears_no_name_and_nothing_about_the_work(open_card, client_person, walk):
    client_person.focus = "Standing still in crowds"
    client_person.save()

    page = text(open_card())

    for kept in (
        client_person.name,
        "Standing still",
        "30 min",
        "Cleared",
        "Could chat",
        client_person.email,
    ):
        assert kept not in page
    assert client_person.reference in page


def test_it_needs_nothing_once_it_is_open(open_card):
    page = text(open_card())

    assert "data-lock" not in page
    assert "htmx" not in page
    assert page.count("<script") == 1


def test_opening_it_leaves_a_line(open_card, walk, clinician, client_person):
    open_card()

    line = AuditEvent.objects.get(action="emergency_card_read")
    assert (line.member_uid, line.client_uid, line.subject_uid) == (
        clinician.uid,
        client_person.uid,
        walk.uid,
    )


@pytest.mark.parametrize(("who", "status"), [("colleague", 404), ("reception", 403), ("owner", 403)])
def test_others_do_not_get_it(request, open_card, who, status):
    assert open_card(request.getfixturevalue(who)).status_code == status


def test_the_client_does_not_get_it_either(open_card, client_person):
    assert open_card(client_person.member).status_code == 403


def test_a_session_that_sits_has_a_card_without_a_place(browser_of, client_person, clinician):
    sitting = SessionFactory(client=client_person, clinician=clinician)

    page = text(browser_of(clinician).get(reverse("emergency_card", args=[sitting.uid])))

    assert "At the practice" in page
    assert "Open Location Code" not in page


def test_it_is_one_tap_from_the_session_for_those_who_may(browser_of, clinician, reception, walk):
    card, page = reverse("emergency_card", args=[walk.uid]), reverse("session", args=[walk.uid])

    assert card in text(browser_of(clinician).get(page))
    assert card not in text(browser_of(reception).get(page))


def test_it_is_one_tap_from_today(browser_of, clinician, client_person):
    now = timezone.now()
    soon = SessionFactory(client=client_person, clinician=clinician, starts_at=now + timedelta(hours=1))

    assert reverse("emergency_card", args=[soon.uid]) in text(browser_of(clinician).get(reverse("today")))


def test_the_words_of_the_intake_stand_in(walk, client_person, clinician):
    asked = screening.ask_screening(
        client=client_person, purpose="intake", instruments=["readiness"], by=clinician, now=MONDAY_NOON
    )
    response = asked.responses.get()
    fill(asked, client_person.member, MONDAY_NOON)
    screening.answer(
        response=response,
        item="anything_else",
        value="I carry an inhaler.",
        by=client_person.member,
        now=MONDAY_NOON,
    )
    screening.submit_screening(screening=asked, by=client_person.member, now=MONDAY_NOON)

    card = screens.emergency_card(walk, clinician, MONDAY_NOON)

    assert card.needs is not None
    assert (card.needs.words, card.needs.from_answers) == ("I carry an inhaler.", True)


def test_a_stale_form_about_a_route_is_refused(walk, clinician):
    keep(walk.route, clinician)

    with pytest.raises(actions.PlacesChanged):
        keep(walk.route, clinician)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1), (51.5, None), (None, 1.0)]
)
def test_degrees_beyond_the_earth_are_refused(walk, clinician, latitude, longitude):
    with pytest.raises(actions.NoSuchPlace):
        keep(walk.route, clinician, words=PlaceWords(latitude=latitude, longitude=longitude))


@pytest.mark.parametrize("place", [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)])
def test_the_ends_of_the_earth_are_places(walk, clinician, place):
    kept = keep(walk.route, clinician, words=PlaceWords(latitude=place[0], longitude=place[1]))

    assert (kept.latitude, kept.longitude) == place


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("51.50072, -0.12462", (51.50072, -0.12462)),
        ("51.50072;-0.12462", (51.50072, -0.12462)),
        ("51.5° 0.1°", (51.5, 0.1)),
        ("", (None, None)),
    ],
)
def test_degrees_are_typed_as_maps_show_them(browser_of, clinician, typed, kept):
    route = RouteFactory()

    browser_of(clinician).post(reverse("route_places", args=[route.uid]), {"point": typed, "version": "0"})

    places = EmergencyPlaces.objects.get()
    assert (places.latitude, places.longitude) == kept


@pytest.mark.parametrize("typed", ["north gate", "51.5", "91, 0", "0, 181", "51,5 0,1", "1e400, 0", "NaN, 0"])
def test_what_is_no_place_is_said(browser_of, clinician, typed):
    route = RouteFactory()

    answer = browser_of(clinician).post(
        reverse("route_places", args=[route.uid]), {"point": typed, "version": "0"}
    )

    assert answer.status_code == 422
    assert "Write latitude and longitude as a map shows them" in text(answer)


def test_the_form_shows_what_stands_when_it_is_stale(browser_of, clinician, walk):
    keep(walk.route, clinician)
    door = reverse("route_places", args=[walk.route.uid])

    answer = browser_of(clinician).post(door, {"address": "2 Lock Lane", "version": "0"})

    assert answer.status_code == 422
    assert "1 Lock Lane, Weirford" in text(answer)
    assert 'value="2 Lock Lane"' in text(answer)


def test_only_those_who_keep_routes_write_places(browser_of, reception, owner, walk):
    door = reverse("route_places", args=[walk.route.uid])

    assert browser_of(reception).get(door).status_code == 403
    assert browser_of(owner).get(door).status_code == 403


def test_a_buddy_is_ones_own(browser_of, clinician, colleague):
    browser_of(clinician).post(reverse("my_buddy"), {"name": "Ash Ford", "phone": "01632 960003"})

    assert "Ash Ford" not in text(browser_of(colleague).get(reverse("my_buddy")))
    assert "Ash Ford" in text(browser_of(clinician).get(reverse("my_buddy")))


@pytest.mark.parametrize("missing", ["name", "phone"])
def test_a_buddy_can_be_called(browser_of, clinician, missing):
    typed = {"name": "Ash Ford", "phone": "01632 960003"} | {missing: ""}

    assert browser_of(clinician).post(reverse("my_buddy"), typed).status_code == 422
    assert not Buddy.objects.exists()


def test_the_database_refuses_a_buddy_without_a_number(clinician):
    with pytest.raises(DatabaseError), transaction.atomic():
        Buddy.objects.create(member=clinician, name="Ash", phone="", changed_at=MONDAY_NOON)


def test_reception_has_no_buddy_page(browser_of, reception):
    assert browser_of(reception).get(reverse("my_buddy")).status_code == 403
