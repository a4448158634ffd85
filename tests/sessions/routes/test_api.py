"""Routes for programs: the same actions, permissions and refusals as the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sessions.models import Route
from tests.factories import MONDAY_NOON, MemberFactory, RouteFactory
from tests.sessions.routes.recordings import real

pytestmark = pytest.mark.django_db


def upload(name="Mojstrovka.gpx", content=None):
    return SimpleUploadedFile(name, real(name) if content is None else content)


@pytest.fixture
def api(api_of, clinician):
    return api_of(clinician)


def test_the_library_is_listed_by_name_with_minutes_and_without_lines(api):
    RouteFactory(name="Weir loop")
    RouteFactory(name="Abbey mile")
    RouteFactory(name="Old", archived_at=MONDAY_NOON)

    results = api.get(reverse("api_routes")).json()["results"]

    assert [route["name"] for route in results] == ["Abbey mile", "Weir loop"]
    assert "points" not in results[0]
    assert {"mode": "walk", "pace": "chat", "minutes": 40, "least": 30, "most": 45} in results[0]["minutes"]


def test_a_long_library_is_read_by_cursor(api, clinician):
    for number in range(5):
        RouteFactory(name=f"Route {number}", added_by=clinician)

    first = api.get(reverse("api_routes"), {"page_size": 3}).json()
    second = api.get(first["next"]).json()

    assert [route["name"] for route in second["results"]] == ["Route 3", "Route 4"]


def test_one_route_comes_with_its_line(api):
    route = RouteFactory()

    answer = api.get(reverse("api_route", args=[route.uid])).json()

    assert answer["points"] == route.points
    assert answer["profile"] == route.profile


def test_an_upload_makes_a_route(api):
    response = api.post(reverse("api_routes"), {"file": upload(), "name": "Hill path"}, format="multipart")

    assert response.status_code == 201
    assert response.json()["id"] == str(Route.objects.get().uid)
    assert response.json()["distance_m"] == 2698


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (real("activity-unexpected-eof.fit"), 422, "broken_file"),
        (b"", 422, "empty_file"),
        (bytes(99), 422, "not_a_route_file"),
        (b"<!DOCTYPE gpx><gpx/>", 422, "forbidden_xml"),
        (b"<gpx>" + b" " * 21 * 1024 * 1024, 413, "file_too_large"),
    ],
)
def test_a_bad_file_is_a_problem_with_its_code(api, content, status, code):
    response = api.post(reverse("api_routes"), {"file": upload("a.gpx", content)}, format="multipart")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["field"] == "file"


def test_the_same_file_again_is_a_conflict(api):
    api.post(reverse("api_routes"), {"file": upload()}, format="multipart")

    response = api.post(reverse("api_routes"), {"file": upload()}, format="multipart")

    assert (response.status_code, response.json()["code"]) == (409, "file_in_use")


def test_no_file_is_said_at_the_field(api):
    response = api.post(reverse("api_routes"), {"name": "Far"}, format="multipart")

    assert response.status_code == 400
    assert "file" in response.json()["errors"]


def test_an_upload_as_json_is_not_understood(api):
    assert api.post(reverse("api_routes"), {"name": "Far"}, format="json").status_code == 415


def test_a_change_leaves_the_rest_as_it_is(api):
    route = RouteFactory(name="River", meeting_place="Lock")

    answer = api.patch(reverse("api_route", args=[route.uid]), {"name": "Canal"}, format="json").json()

    assert (answer["name"], answer["meeting_place"], answer["version"]) == ("Canal", "Lock", 2)


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": None}, {"colour": "red"}, {"name": "a\x00b"}, {"version": 0}]
)
def test_a_change_that_makes_no_sense_is_refused(api, change):
    response = api.patch(reverse("api_route", args=[RouteFactory().uid]), change, format="json")

    assert response.status_code == 400


def test_a_stale_change_is_a_conflict(api):
    route = RouteFactory(version=3)

    response = api.patch(
        reverse("api_route", args=[route.uid]), {"name": "Canal", "version": 2}, format="json"
    )

    assert (response.status_code, response.json()["code"]) == (409, "changed_meanwhile")


def test_a_route_is_archived_and_brought_back(api):
    route = RouteFactory()

    archived = api.post(reverse("api_archive_route", args=[route.uid])).json()
    restored = api.post(reverse("api_restore_route", args=[route.uid])).json()

    assert archived["archived_at"]
    assert restored["archived_at"] is None


def test_reception_reads_but_does_not_write(api_of, reception):
    api, route = api_of(reception), RouteFactory()

    assert api.get(reverse("api_route", args=[route.uid])).status_code == 200
    assert api.patch(reverse("api_route", args=[route.uid]), {"name": "x"}, format="json").status_code == 403
    assert api.post(reverse("api_routes"), {"file": upload()}, format="multipart").status_code == 403
    assert api.post(reverse("api_archive_route", args=[route.uid])).status_code == 403


def test_a_client_reads_no_routes(api_of):
    api = api_of(MemberFactory(roles=["client"]))

    assert api.get(reverse("api_routes")).status_code == 403
    assert api.get(reverse("api_route", args=[RouteFactory().uid])).status_code == 403
