"""Help is one tap away: a link to the help page on every page that a client can open, found by walking the resolver."""

import pytest
from django.urls import reverse

from tests.security.callers import Callers
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
ON_THE_WAY = {
    "portal_home",
    "portal_log",
    "my_screening",
    "my_section",
    "my_support",
    "my_agreements",
    "my_agreement",
    "my_check_ins",
    "my_letter",
    "my_safety_plan",
    "my_seen_by",
}
"""Of these the walk must have seen a page: without them it would prove little."""
BARE = {"help_now"}
"""The help page itself."""


def pages_of(callers, role, home):
    """(name of the route, the page) of every door that shows this role a page."""
    for route in routes():
        if route.is_api or route.name.startswith("nameless"):
            continue
        answer = callers.call(role, "GET", route.address(home))
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and kind.startswith("text/html"):
            yield route.name, answer.content.decode()


def test_help_is_one_tap_from_every_page_of_a_client(town, silence):
    link = f'href="{reverse("help_now")}"'
    shown = dict(pages_of(Callers(town.people), "client", town.ours))

    assert set(shown) >= ON_THE_WAY, sorted(ON_THE_WAY - set(shown))
    assert [name for name, page in shown.items() if link not in page and name not in BARE] == []


def test_and_from_every_page_before_the_sign_in(town, silence):
    link = f'href="{reverse("help_now")}"'
    shown = dict(pages_of(Callers(town.people), "anonymous", town.ours))

    assert {"account_login", "resume"} <= set(shown)
    assert [name for name, page in shown.items() if link not in page and name not in BARE] == []
