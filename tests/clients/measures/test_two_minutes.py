"""A measure is filled in within two minutes, alone or together: counted in taps, for nobody can be timed here.

A tap is taken as 2.45 seconds (the keystroke-level estimate for finding and touching something on a phone).
"""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.instruments import load
from clients.measures import actions
from clients.models import Screening
from clients.screening.actions import ask_screening
from clients.screening.screens import my_screening
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
SECONDS_A_TAP, TWO_MINUTES = 2.45, 120
MEASURES = ("phq9", "gad7", "core10", "pcl5")


def fill_in_alone(browser: Browser, screening: Screening) -> int:
    """Through every page as a client does; the taps it took."""
    browser.get(reverse("portal_home"))
    browser.get(reverse("my_screening", args=[screening.uid]))
    taps, address = 2, my_screening(screening).next_url
    while address != reverse("my_screening", args=[screening.uid]):
        address = browser.post(address, {"value": "0"}).headers["Location"]
        taps += 2
    browser.post(address)
    return taps + 1


@pytest.mark.parametrize("keys", [*((key,) for key in MEASURES), ("phq9", "gad7")])
def test_alone(browser_of, client_person, clinician, keys):
    screening = ask_screening(
        client=client_person, purpose="measure", instruments=list(keys), by=clinician, now=MONDAY_NOON
    )

    taps = fill_in_alone(browser_of(client_person.member), screening)

    screening.refresh_from_db()
    assert screening.submitted_at is not None
    assert taps * SECONDS_A_TAP <= TWO_MINUTES


@pytest.mark.parametrize("key", MEASURES)
def test_together(browser_of, client_person, clinician, key):
    response = actions.begin_together(client=client_person, instrument=key, by=clinician, now=MONDAY_NOON)
    address = reverse("fill_in_together", args=[response.uid])
    shown = browser_of(clinician).get(address).content.decode()

    taps = shown.count("<fieldset") + 2

    assert shown.count("<fieldset") == len(load(key).items)
    assert taps * SECONDS_A_TAP <= TWO_MINUTES
