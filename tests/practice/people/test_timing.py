"""T36: how long an answer takes does not tell whether an address is known here. 200 tries each, in turns."""

import random
import time

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from practice.people.models import Attempts

pytestmark = [pytest.mark.django_db, pytest.mark.deep, pytest.mark.timeout(1_200)]
TRIES = 200
WARM = 10
TELLS_AT_MOST = 0.65
"""How often whoever times one known and one unknown address may guess right which was which; 0.5 is by chance."""


def try_it(door, address):
    """Seconds that the answer took; the counts are put back first, so that no limit answers instead."""
    Attempts.objects.all().delete()
    cache.clear()
    body = (
        {"login": address, "password": "not-the-password"} if door == "account_login" else {"email": address}
    )
    begun = time.perf_counter()
    answer = Browser().post(reverse(door), body)
    taken = time.perf_counter() - begun
    assert answer.status_code in {200, 302}
    return taken


def guessed_right(known, unknown):
    """The statistic of Mann and Whitney as a share: of all pairs, in how many the known one took longer; ties are half."""
    wins = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return wins / (len(known) * len(unknown))


@pytest.mark.parametrize("door", ["account_login", "account_reset_password"])
def test_time_does_not_tell_who_is_known(door, clinician, mailoutbox):
    addresses = {"known": clinician.user.email, "unknown": "nobody@practice.example"}
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for turn in range(TRIES + WARM):
        for which in random.sample(sorted(addresses), 2):
            taken = try_it(door, addresses[which])
            if turn >= WARM:
                times[which].append(taken)

    share = guessed_right(times["known"], times["unknown"])

    assert max(share, 1 - share) < TELLS_AT_MOST


def test_the_measure_finds_what_it_should():
    assert guessed_right([3.0, 4.0], [1.0, 2.0]) == 1.0
    assert guessed_right([1.0, 2.0], [1.0, 2.0]) == 0.5
