"""Whatever stands in an address, nobody sees a page of ours break."""

from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from practice.models import Member
from tests.factories import RouteFactory, SessionFactory

pytestmark = pytest.mark.django_db
NAMES = [
    "q",
    "week",
    "before",
    "after",
    "kind",
    "status",
    "page",
    "client",
    "days",
    "date",
    "time",
    "minutes",
    "mode",
    "route",
    "pace",
    "next",
    "since",
    "until",
    "page_size",
    "cursor",
    "clinician",
    "month",
    "place",
    "state",
    "archived",
]
ODD = ["\x00", "99999999999999999999", "9999-12-31", "9999-W53 🌲"]
OPEN_TO_WEATHER = {"/readyz"}  # says 503 while no worker is there


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


@pytest.fixture
def addresses(clinician, client_person) -> list[str]:
    """Every address of the product: those without an id, and those with one, for each kind of thing."""
    session = SessionFactory(client=client_person, clinician=clinician)
    uids = [client_person.uid, session.uid, RouteFactory().uid]
    tries = [(name, args) for name in set(_names(get_resolver())) for args in ([], *([uid] for uid in uids))]
    return sorted({found for name, args in tries if (found := _address(name, args))} - OPEN_TO_WEATHER)


def _address(name: str, args: list[object]) -> str:
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return "" if found.startswith("/accounts/logout") else found


@pytest.mark.parametrize("who", ["clinician", "client"])
def test_odd_words_in_an_address_break_nothing(addresses, browser_of, clinician, client_person, who):
    member: Member = {"clinician": clinician, "client": client_person.member}[who]
    browser = browser_of(member)
    browser.raise_request_exception = False

    broken = [
        (address, odd[:12])
        for address in addresses
        for odd in ODD
        if browser.get(address, dict.fromkeys(NAMES, odd)).status_code >= 500
    ]

    assert broken == []
