"""Many people at once: real threads, real connections, one winner."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from clients.models import CareTeamMember, Client
from practice.web.refusals import Refused
from sessions.booking import actions
from sessions.models import TherapySession
from tests.factories import ClearanceFactory, ClientFactory, MemberFactory, PracticeFactory

pytestmark = pytest.mark.django_db(transaction=True)

RUNNERS = 30


def at_once(tasks):
    """Run every task in a thread of its own, all let go at the same moment."""
    gate = Barrier(len(tasks))

    def run(task):
        try:
            gate.wait(timeout=60)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def noon_in(days):
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def refused_or(task):
    try:
        return task()
    except Refused as no:
        return no.code


@pytest.fixture
def clinician():
    PracticeFactory()
    return MemberFactory(name="Robin Vale")


def test_thirty_callers_on_one_slot_make_one_session(clinician):
    callers = []
    for _number in range(RUNNERS):
        caller = APIClient()
        caller.force_login(clinician.user)
        callers.append((caller, ClientFactory(treated_by=clinician)))
    start = noon_in(2).isoformat()

    def booking(caller, client):
        body = {"client": str(client.uid), "mode": "sit", "starts_at": start, "minutes": 50}
        answer = caller.post("/api/v1/sessions/", body, format="json")
        return answer.status_code, answer.json().get("code", "")

    said = at_once([lambda one=caller, two=client: booking(one, two) for caller, client in callers])

    assert Counter(said) == {(201, ""): 1, (409, "clinician_taken"): RUNNERS - 1}
    assert TherapySession.objects.count() == 1


def test_two_clinicians_on_one_client_make_one_session(clinician):
    client: Any = ClientFactory(treated_by=clinician)
    other: Any = MemberFactory()
    CareTeamMember.objects.create(client=client, member=other, part="covering", since=date(2020, 1, 1))

    def booking(who):
        return refused_or(
            lambda: (
                actions.book_session(
                    client=client,
                    clinician=who,
                    mode="sit",
                    place="office",
                    starts_at=noon_in(2),
                    minutes=50,
                    by=who,
                    now=timezone.now(),
                ).state
            )
        )

    said = at_once([lambda one=who: booking(one) for who in (clinician, other)])

    assert Counter(said) == {"booked": 1, "client_taken": 1}


def test_the_same_form_thirty_times_at_once_books_once(clinician):
    client: Any = ClientFactory(treated_by=clinician)
    token = client.uid

    def booking():
        return actions.book_session(
            client=client,
            clinician=clinician,
            mode="sit",
            place="office",
            starts_at=noon_in(2).astimezone(timezone.get_fixed_timezone(0)),
            minutes=50,
            uid=token,
            by=clinician,
            now=timezone.now(),
        ).pk

    assert len(set(at_once([booking] * RUNNERS))) == 1


def walk(client, clinician, days):
    return actions.book_session(
        client=client,
        clinician=clinician,
        mode="walk",
        place="outdoors",
        starts_at=noon_in(days),
        minutes=50,
        pace="chat",
        by=clinician,
        now=timezone.now(),
    )


def clear(client, clinician, decision="cleared"):
    return ClearanceFactory(client=client, decided_by=clinician, decision=decision, decided_at=timezone.now())


def test_a_booking_that_waits_for_a_hold_is_refused(clinician):
    """The hold has the client's row; the booking waits for it and then sees the hold."""
    client: Any = ClientFactory(treated_by=clinician)
    clear(client, clinician)
    gate = Barrier(2)

    def hold():
        with transaction.atomic():
            Client.objects.select_for_update().get(pk=client.pk)
            gate.wait(timeout=60)
            clear(client, clinician, "hold")

    def booking():
        gate.wait(timeout=60)
        return refused_or(lambda: walk(client, clinician, 2))

    _held, said = at_once([hold, booking])

    assert said == "not_cleared"
    assert not TherapySession.objects.exists()


def test_no_walk_is_booked_after_a_hold_however_they_meet(clinician):
    """Whoever gets the row first: a walk stands only where it was booked before the hold was decided."""
    for days in range(2, 6):
        client: Any = ClientFactory(treated_by=clinician)
        first = clear(client, clinician)

        def hold(client=client):
            with transaction.atomic():
                Client.objects.select_for_update().get(pk=client.pk)
                return clear(client, clinician, "hold").decided_at

        def booking(client=client, days=days):
            return refused_or(lambda: walk(client, clinician, days).booked_at)

        _held, said = at_once([hold, booking])
        session = TherapySession.objects.filter(client=client).first()

        assert (session is None) == (said == "not_cleared")
        assert session is None or session.clearance == first
        assert (
            refused_or(lambda client=client, days=days: walk(client, clinician, days + 10)) == "not_cleared"
        )
