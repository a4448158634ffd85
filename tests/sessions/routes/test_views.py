"""The pages of the route library."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factory import Sequence

from practice.people.models import Member
from sessions.models import Route
from tests.factories import MONDAY_NOON, MemberFactory, RouteFactory
from tests.sessions.routes.recordings import gpx, northwards, real

pytestmark = pytest.mark.django_db


def upload(name="Mojstrovka.gpx", content=None):
    return SimpleUploadedFile(name, real(name) if content is None else content)


@pytest.fixture
def browser(browser_of, clinician):
    return browser_of(clinician)


def text(response):
    return response.content.decode()


def test_the_library_lists_routes_by_name(browser):
    RouteFactory(name="Weir loop")
    RouteFactory(name="Abbey mile")

    page = text(browser.get(reverse("routes")))

    assert page.index("Abbey mile") < page.index("Weir loop")


def test_an_empty_library_says_what_a_route_is(browser):
    assert "No routes yet" in text(browser.get(reverse("routes")))


def test_reception_is_not_asked_to_import(browser_of, reception):
    page = text(browser_of(reception).get(reverse("routes")))

    assert "No routes yet" in page
    assert reverse("import_route") not in page


def test_the_search_finds_by_meeting_place(browser):
    RouteFactory(name="Weir loop", meeting_place="Old mill")
    RouteFactory(name="Abbey mile", meeting_place="Station")

    page = text(browser.get(reverse("routes"), {"q": "mill old"}))

    assert "Weir loop" in page
    assert "Abbey mile" not in page


def test_a_search_without_a_hit_says_so(browser):
    RouteFactory()

    assert "No route fits these words" in text(browser.get(reverse("routes"), {"q": "volcano"}))


@pytest.mark.parametrize(
    "query", [{"q": "a\x00b"}, {"q": "x" * 500}, {"after": "nonsense"}, {"archived": "\x00"}]
)
def test_a_broken_search_is_answered_with_a_page(browser, query):
    assert browser.get(reverse("routes"), query).status_code == 200


def test_a_long_library_comes_a_page_at_a_time(browser, clinician):
    RouteFactory.create_batch(30, name=Sequence("Route {:02}".format), added_by=clinician)

    first = browser.get(reverse("routes"))
    second = browser.get(reverse("routes"), {"after": first.context["next"]})

    assert len(first.context["cards"]) == 24
    names = {card.route.name for page in (first, second) for card in page.context["cards"]}
    assert len(names) == 30
    assert second.context["next"] is None


def test_the_library_asks_the_database_as_often_for_many_as_for_one(browser, clinician):
    RouteFactory(added_by=clinician)
    browser.get(reverse("routes"))  # the first page of a sign-in notes that it is used
    with CaptureQueriesContext(connection) as for_one:
        browser.get(reverse("routes"))
    RouteFactory.create_batch(20, added_by=clinician)

    with CaptureQueriesContext(connection) as for_many:
        browser.get(reverse("routes"))

    assert len(for_many) == len(for_one)


def test_a_route_page_shows_line_heights_and_minutes(browser):
    route = RouteFactory(name="Weir loop")

    page = text(browser.get(reverse("route", args=[route.uid])))

    assert page.count("<svg") >= 2
    assert "24 m up and 24 m down over 3.2 km" in page
    assert "Brisk walk" in page
    assert "30 to 45 min" in page  # 3.2 km at 5 km/h with a small climb


def test_a_route_without_heights_says_so(browser):
    flat = [[51.5, -0.1, None, 0], [51.53, -0.1, None, 3200]]
    route = RouteFactory(points=flat, profile=[], ascent_m=None, descent_m=None)

    assert "No heights" in text(browser.get(reverse("route", args=[route.uid])))


def test_importing_keeps_the_route_and_shows_it(browser):
    response = browser.post(reverse("import_route"), {"file": upload(), "name": "Hill path"}, follow=True)

    assert response.redirect_chain[0][0] == Route.objects.get().get_absolute_url()
    assert "is in the library" in text(response)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("route.gpx", b"", "This file is empty"),
        ("walk.gpx", b"\x89PNG\r\n\x1a\n" + bytes(99), "neither a GPX nor a FIT"),
        ("walk.fit", real("activity-unexpected-eof.fit"), "breaks off or is damaged"),
        ("places.gpx", real("unicode.gpx"), "no line to follow"),
        ("bomb.gpx", b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>", "XML definitions"),
    ],
)
def test_a_bad_file_is_refused_at_the_field_with_everything_typed_kept(browser, name, content, words):
    typed = {
        "file": upload(name, content),
        "name": "مسار النهر 🌿",
        "meeting_place": "Lock",
        "description": "Level.",
    }

    response = browser.post(reverse("import_route"), typed)

    assert response.status_code == 422
    assert words in str(response.context["form"].errors["file"])
    assert "مسار النهر 🌿" in text(response)
    assert "Level." in text(response)
    assert not Route.objects.exists()


def test_a_forty_megabyte_file_is_refused_at_the_field(browser, monkeypatch):
    large = BytesIO(gpx(*northwards(9)) + b" " * 40 * 1024 * 1024)
    large.name = "large.gpx"

    response = browser.post(reverse("import_route"), {"file": large, "name": "Far", "description": "Kept."})

    assert response.status_code == 422
    assert "larger than 20 MB" in str(response.context["form"].errors["file"])
    assert "Kept." in text(response)


def test_no_file_at_all_is_said_at_the_field(browser):
    response = browser.post(reverse("import_route"), {"name": "Far"})

    assert response.status_code == 422
    assert "Choose the file" in text(response)


def test_a_hidden_character_in_the_name_is_said_at_the_field(browser):
    response = browser.post(reverse("import_route"), {"file": upload(), "name": "a\x00b"})

    assert response.status_code == 422
    assert "name" in response.context["form"].errors


def test_the_same_file_again_leads_to_its_route(browser):
    browser.post(reverse("import_route"), {"file": upload(), "name": "Hill path"})

    response = browser.post(reverse("import_route"), {"file": upload(), "name": "Again"})

    assert response.status_code == 422
    assert f'href="{Route.objects.get().get_absolute_url()}"' in text(response)


def test_editing_saves_and_returns_to_the_route(browser):
    route = RouteFactory()
    typed = {"name": "Canal", "meeting_place": "Lock", "description": "", "version": 1}

    response = browser.post(reverse("edit_route", args=[route.uid]), typed)

    assert response.url == route.get_absolute_url()
    assert Route.objects.get().name == "Canal"


def test_a_stale_form_shows_what_stands_and_keeps_what_was_typed(browser):
    route = RouteFactory(name="River", version=2)
    typed = {"name": "Canal", "meeting_place": "", "description": "", "version": 1}

    response = browser.post(reverse("edit_route", args=[route.uid]), typed)

    assert response.status_code == 422
    assert "What stands now" in text(response)
    assert 'value="Canal"' in text(response)
    assert 'name="version" value="2"' in text(response)


def test_a_route_without_a_name_is_not_saved(browser):
    route = RouteFactory(name="River")

    response = browser.post(reverse("edit_route", args=[route.uid]), {"name": " ", "version": 1})

    assert response.status_code == 422
    assert Route.objects.get().name == "River"


def test_archiving_offers_to_bring_it_back(browser):
    route = RouteFactory()

    page = browser.post(reverse("archive_route", args=[route.uid]), follow=True)

    assert reverse("restore_route", args=[route.uid]) in text(page)
    assert "1 archived route" in text(browser.get(reverse("routes")))


def test_a_route_brought_back_is_in_the_library(browser):
    route = RouteFactory(archived_at=MONDAY_NOON)

    browser.post(reverse("restore_route", args=[route.uid]))

    assert Route.objects.in_use().exists()


@pytest.mark.parametrize("name", ["edit_route", "archive_route", "restore_route"])
def test_reception_reads_routes_but_does_not_change_them(browser_of, reception, name):
    route = RouteFactory()

    assert browser_of(reception).get(reverse("route", args=[route.uid])).status_code == 200
    assert browser_of(reception).post(reverse(name, args=[route.uid])).status_code == 403


@pytest.mark.parametrize("name", ["archive_route", "restore_route"])
def test_nothing_changes_on_a_look(browser, name):
    assert browser.get(reverse(name, args=[RouteFactory().uid])).status_code == 405


@pytest.mark.parametrize("page", ["routes", "import_route"])
def test_a_client_sees_no_routes(browser_of, page):
    client: Member = MemberFactory(roles=["client"])

    assert browser_of(client).get(reverse(page)).status_code == 403
    assert browser_of(client).get(RouteFactory().get_absolute_url()).status_code == 403


def test_an_unknown_route_is_not_found(browser):
    assert browser.get("/routes/00000000-0000-4000-8000-000000000000/").status_code == 404
