"""T44, T45: what every answer carries, of whatever kind, and what the cookies are."""

import json
import os
import re
import subprocess
import sys
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from practice.people import attempts
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAMPLES = {
    "uuid": str(uuid4()),
    "int": "1",
    "str": "a",
    "slug": "a",
    "path": "a",
}


def addresses(resolver=None, above=""):
    """One address for every route there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        elif isinstance(pattern, URLPattern):
            path = re.sub(r"<(?:(\w+):)?\w+>", lambda part: SAMPLES[part[1] or "str"], here)
            path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", path)
            yield "/" + path.replace("^", "").replace("$", "").replace("\\", "")


def check(response, *, signed_in):
    for (
        close
    ) in response._resource_closers:  # a file; closing the answer would close the test's connection too
        close()
    policy = response["Content-Security-Policy"]
    for name, value in ALWAYS.items():
        assert response[name] == value
    assert "camera=()" in response["Permissions-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"(script|style|default)-src[^;]*(\*|https?:|data:)", policy)
    if signed_in:
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_every_route_answers_so_to_a_stranger(verb):
    for address in set(addresses()):
        check(getattr(Browser(raise_request_exception=False), verb)(address), signed_in=False)


def test_every_route_answers_so_to_who_is_signed_in(browser_of, clinician):
    browser = browser_of(clinician)
    for address in sorted(set(addresses()) - {reverse("help_now"), reverse("readyz")}):
        if "logout" not in address:
            check(browser.get(address), signed_in=True)


def test_so_do_refusals_and_what_is_not_there(browser_of, clinician, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for _try in range(attempts.LETTER_FROM.most):
        last = Browser().post(reverse("account_reset_password"), {"email": "x"})
    answers = {
        404: Browser().get("/nothing/here/"),
        405: browser_of(clinician).get(reverse("end_key", args=[uuid4()])),
        400: Browser().get("/", headers={"Host": "evil.example"}),
        403: Browser(enforce_csrf_checks=True).post(reverse("account_login")),
        429: Browser().post(reverse("account_reset_password"), {"email": "x"}),
    }

    assert last.status_code == 200
    for code, answer in answers.items():
        assert answer.status_code == code
        check(answer, signed_in=False)


def test_so_does_a_page_that_broke(browser_of, clinician, monkeypatch):
    monkeypatch.setattr("practice.web.styleguide.views.render", None)
    browser = browser_of(clinician)
    browser.raise_request_exception = False

    answer = browser.get("/style/")

    assert answer.status_code == 500
    check(answer, signed_in=True)


@pytest.mark.parametrize(
    "path", ["/static/css/base.css", "/static/js/towpath.js", "/static/icons/favicon.svg", "/healthz"]
)
def test_so_do_files_and_health(path):
    check(Browser().get(path), signed_in=False)


def test_over_https_the_cookies_belong_to_this_host_alone():
    script = (
        "import django, json; django.setup();"
        "from django.conf import settings as s; from django.test import Client;"
        "r = Client().get('/healthz', secure=True, headers={'host': 'localhost'});"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE,"
        " s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, r['Strict-Transport-Security']]))"
    )
    over_https = os.environ | {"TOWPATH_HTTPS": "true", "DJANGO_SETTINGS_MODULE": "practice.settings"}

    said = subprocess.run(
        [sys.executable, "-c", script], env=over_https, capture_output=True, text=True, check=True
    )

    assert json.loads(said.stdout) == [
        "__Host-towpath",
        "__Host-csrf",
        True,
        True,
        True,
        "Lax",
        "Lax",
        "/",
        None,
        "max-age=31536000; includeSubDomains; preload",
    ]


def test_the_session_cookie_is_out_of_reach_of_scripts(clinician):
    known = {"login": clinician.user.email, "password": PASSWORD}

    cookie = Browser().post(reverse("account_login"), known).cookies["towpath"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
