"""Everybody lands where they work, sees only doors that open, and has help within one tap."""

import pytest
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse

from practice.models import Member
from practice.web.context import PORTAL_PLACES, Shell
from practice.web.templatetags.towpath import device_words, duration_words, km, when
from tests.factories import MONDAY_NOON, MemberFactory


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("clinician", "today"),
        ("owner", "today"),
        ("supervisor", "today"),
        ("reception", "today"),
        ("client", "portal_home"),
    ],
)
def test_everybody_lands_where_they_work(role: str, page: str, practice, browser_of) -> None:
    response = browser_of(MemberFactory(roles=[role])).get("/")

    assert response.status_code == 302
    assert response["Location"] == reverse(page)


def test_a_stranger_is_asked_to_sign_in(db) -> None:
    response = Browser().get("/")

    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["clinician", "owner", "supervisor", "reception"])
def test_every_door_that_is_shown_opens(role: str, practice, browser_of) -> None:
    member = MemberFactory(roles=[role])
    shell = Shell(request_of(member))
    browser = browser_of(member)

    shut = [link.url for link in [*shell.staff, *shell.new] if browser.get(link.url).status_code != 200]

    assert shut == []


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "help_now"])
def test_help_is_one_tap_away_before_signing_in(name: str, db) -> None:
    assert 'href="/help-now/"' in Browser().get(reverse(name)).content.decode()


@pytest.mark.parametrize("place", PORTAL_PLACES, ids=lambda place: place.key)
def test_help_is_one_tap_away_on_every_page_of_the_portal(place, client_person, browser_of) -> None:
    page = browser_of(client_person.member).get(place.url).content.decode()

    assert 'class="btn btn-help-2 btn-sm" href="/help-now/"' in page


def test_a_demonstration_says_so_on_every_page(settings, clinician: Member, browser_of) -> None:
    settings.DEMO = True

    for page in (
        Browser().get("/accounts/login/"),
        Browser().get("/help-now/"),
        browser_of(clinician).get("/style/"),
    ):
        assert "This is a demonstration." in page.content.decode()


def test_a_real_practice_does_not(settings, db) -> None:
    settings.DEMO = False

    assert "demonstration" not in Browser().get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("cookie", "side"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><b>', "")])
def test_the_chosen_side_is_on_the_page_from_the_start(cookie: str, side: str, db) -> None:
    browser = Browser()
    browser.cookies["theme"] = cookie

    page = browser.get("/accounts/login/").content.decode()

    assert ('data-theme="' in page) is bool(side)
    assert f'data-theme="{side}"' in page or not side


def test_a_page_for_somebody_is_kept_nowhere(clinician: Member, browser_of) -> None:
    assert "no-store" in browser_of(clinician).get("/style/")["Cache-Control"]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.0", "A device that does not say what it is"),
    ],
)
def test_a_device_is_named_as_a_person_would(agent: str, said: str) -> None:
    assert device_words(agent) == said


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (20, "20 min"), (60, "1 h"), (75, "1 h 15 min")])
def test_minutes_are_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert duration_words(minutes) == said


def test_metres_are_said_in_kilometres() -> None:
    assert km(4210) == "4.2 km"
    assert km(None) == ""


def test_a_time_is_said_as_the_clock_on_the_wall_shows_it() -> None:
    written = when(MONDAY_NOON)

    assert "Mon 1 Jun, 13:00" in written
    assert 'title="Monday 1 June 2026, 13:00"' in written


def request_of(member: Member):
    request = RequestFactory().get("/")
    request.member = member  # type: ignore[attr-defined]
    return request
