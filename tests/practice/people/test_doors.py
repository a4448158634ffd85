"""No door opens by itself: each names its permission, and each is shut to whoever lacks it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from practice.models import User
from practice.people.access import needs
from practice.people.gate import Anyone, MemberMay
from practice.people.roles import Permission
from practice.web.api import Endpoint
from tests.factories import MemberFactory

OURS = ("practice.", "clients.", "sessions.")


def all_views(resolver=None, path=""):
    """Every view of ours, with its path."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_views(pattern, here)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(OURS):
            yield pytest.param(pattern.callback, id=here)


@needs(Permission.READ_ROUTES)
def look(request):
    return HttpResponse("in")


def at_the_door(member):
    request: Any = RequestFactory().get("/")
    request.user = member.user if member else AnonymousUser()
    request.member = member
    return request


@pytest.mark.django_db
def test_who_holds_the_permission_comes_in():
    response: Any = look(at_the_door(MemberFactory(roles=["clinician"])))

    assert response.content == b"in"


@pytest.mark.parametrize(
    "member",
    [
        None,
        MemberFactory.build(roles=["client"]),
        MemberFactory.build(roles=["clinician"], is_active=False),
    ],
)
def test_who_does_not_stays_out(member):
    with pytest.raises(PermissionDenied):
        look(at_the_door(member))


@pytest.mark.parametrize("view", list(all_views()))
def test_every_view_names_its_permission(view):
    endpoint = getattr(view, "cls", None)

    if endpoint is not None:
        assert endpoint.permission_classes in ([MemberMay], [Anyone])
        assert not issubclass(endpoint, Endpoint) or (endpoint.permissions and endpoint.scope)
    else:
        is_open = not getattr(view, "login_required", True)
        assert hasattr(view, "permission") or is_open or view.is_of_the_sign_in


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "help_now",
        "healthz",
    ],
)
def test_a_visitor_reaches_what_comes_before_signing_in(client, name):
    assert client.get(reverse(name)).status_code in {200, 302}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_logout",
        "account_email",
        "mfa_index",
        "usersessions_list",
    ],
)
def test_a_member_reaches_the_pages_of_the_sign_in(browser_of, clinician, name):
    assert browser_of(clinician).get(reverse(name)).status_code in {200, 302}


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves(client):
    client.post(
        reverse("account_signup"), {"email": "new@practice.example", "password1": "side-by-side-2026"}
    )

    assert not User.objects.filter(email="new@practice.example").exists()


@pytest.mark.django_db
def test_who_has_left_is_shut_out_of_an_open_browser(browser_of, clinician):
    browser = browser_of(clinician)
    clinician.is_active = False
    clinician.save()

    assert browser.get(reverse("routes"))["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_a_page_of_a_person_is_kept_in_no_cache(browser_of, clinician):
    response = browser_of(clinician).get(reverse("routes"))

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
