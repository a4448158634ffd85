"""What a person reads when something is refused or broken, and the help page that opens whatever is broken."""

import json

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from practice.models import Member
from practice.web import errors
from practice.web.helplines import COUNTRIES, Line, countries
from tests.counting import own_questions


def test_help_opens_without_signing_in_and_without_the_database() -> None:
    assert Browser().get("/help-now/").status_code == 200


def test_help_asks_the_database_nothing_even_for_somebody_signed_in(clinician: Member, browser_of) -> None:
    browser = browser_of(clinician)

    with CaptureQueriesContext(connection) as captured:
        response = browser.get("/help-now/")

    assert response.status_code == 200
    assert own_questions(captured) == []


def test_help_stands_behind_the_same_policy_as_every_page() -> None:
    response = Browser().get("/help-now/")

    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_help_dials_the_numbers_of_every_country(country) -> None:
    page = Browser().get("/help-now/").content.decode()

    for line in (country.emergency_line, *country.crisis, *country.eating, *country.addiction):
        assert f'href="{line.href}"' in page
        assert line.number in page


def test_a_number_is_dialled_without_its_blanks_and_dashes() -> None:
    assert Line(name="Samaritans", number="116 123").href == "tel:116123"
    assert Line(name="Shout", number="85258", scheme="sms").href == "sms:85258"


@pytest.mark.parametrize(
    ("language", "first"), [("en-gb", "GB"), ("en-us", "US"), ("en-ie", "IE"), ("en", "GB")]
)
def test_the_country_of_the_language_comes_first(language: str, first: str) -> None:
    with override_settings(LANGUAGE_CODE=language):
        assert countries()[0].code == first


def test_an_unknown_page_is_said_in_plain_words(db) -> None:
    response = Browser().get("/no-such-page/")

    assert response.status_code == 404
    assert "We could not find that page" in response.content.decode()


def test_a_page_one_may_not_see_says_who_can_help(clinician: Member, browser_of) -> None:
    client = errors.permission_denied(signed_in(clinician), PermissionError())

    assert client.status_code == 403
    assert "the owner of the practice can change your role" in client.content.decode()


def test_a_form_that_was_open_too_long_says_how_nothing_is_lost(clinician: Member) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(clinician.user)

    response = browser.post("/accounts/logout/")

    assert response.status_code == 403
    page = response.content.decode()
    assert "This form was open for a long time" in page
    assert "what you wrote is not lost" in page


def test_an_address_that_is_only_a_step_of_a_form_says_so_and_leads_on(clinician: Member, browser_of) -> None:
    response = browser_of(clinician).get("/accounts/sessions/end/")

    assert response.status_code == 405
    assert "cannot be opened by itself" in response.content.decode()
    assert "POST" in response["Allow"]


def test_a_broken_page_is_drawn_without_request_and_database(django_assert_num_queries, db) -> None:
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/today/"))

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "Get help now" in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (errors.server_error, "broken"),
        (lambda request: errors.page_not_found(request, Exception()), "not_found"),
        (lambda request: errors.permission_denied(request, Exception()), "not_permitted"),
        (lambda request: errors.bad_request(request, Exception()), "bad_request"),
    ],
)
def test_programs_get_a_problem_instead_of_a_page(answer, code: str) -> None:
    response = answer(RequestFactory().get("/api/v1/nothing/"))

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["code"] == code


def signed_in(member: Member):
    request = RequestFactory().get("/people/")
    request.member = member  # type: ignore[attr-defined]
    return request
