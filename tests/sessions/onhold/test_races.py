"""At the same instant, in real threads: no walk or run survives on a dead clearance, whoever comes first."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from clients.consents.actions import withdraw_agreement
from clients.models import Clearance, Client, Consent, Rescreen
from clients.rescreening.actions import tell_change
from practice.models import AuditEvent
from practice.web.refusals import Refused
from sessions.booking import actions as booking
from sessions.models import HoldChoice, TherapySession
from sessions.onhold import actions
from tests.clients.consents.signing import sign
from tests.factories import ClearanceFactory, ClientFactory, MemberFactory, PracticeFactory
from tests.sessions.booking.test_races import at_once, noon_in, refused_or

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = [20, pytest.param(200, marks=pytest.mark.deep)]


@pytest.fixture
def clinician():
    PracticeFactory()
    return MemberFactory(name="Robin Vale")


def a_walker(clinician):
    client: Any = ClientFactory(treated_by=clinician)
    ClearanceFactory(client=client, decided_by=clinician, decided_at=timezone.now() - timedelta(days=1))
    return client


def walk(client, clinician, days=2, **facts):
    usual = {
        "client": client,
        "clinician": clinician,
        "mode": "walk",
        "place": "outdoors",
        "starts_at": noon_in(days),
        "minutes": 50,
        "pace": "chat",
        "by": clinician,
        "now": timezone.now(),
    }
    return booking.book_session(**{**usual, **facts})


def withdraw(client, clinician, kind="injury"):
    return tell_change(client=client, kind=kind, by=clinician, now=timezone.now())


def survivors():
    """Booked walks and runs ahead whose newest clearance does not allow them."""
    rows = TherapySession.objects.filter(state="booked", starts_at__gt=timezone.now()).exclude(mode="sit")
    newest = {(row.client_id, row.mode): row for row in Clearance.objects.current()}
    return [
        row
        for row in rows
        if not (found := newest.get((row.client_id, row.mode)))
        or not found.allows
        or found.pk != row.clearance_id
    ]


def far(number):
    """A day of its own for each try, so that nobody is in two places."""
    return 2 + number


@pytest.mark.parametrize("tries", TRIES)
def test_a_booking_and_a_withdrawal_at_the_same_instant(clinician, tries):
    said: Counter[str] = Counter()
    for number in range(tries):
        client = a_walker(clinician)
        _task, what = at_once(
            [
                lambda client=client: withdraw(client, clinician).kind,
                lambda client=client, n=number: refused_or(
                    lambda: walk(client, clinician, far(n % 60)).state
                ),
            ]
        )
        said[what] += 1
        assert survivors() == []
        assert TherapySession.objects.filter(client=client, state="booked").count() == 0
        TherapySession.objects.all().delete()

    assert set(said) <= {"booked", "not_cleared"}
    assert sum(said.values()) == tries


def take_back(client):
    """The client's last word, and nothing else: no hold by rule comes with it."""
    return Consent.objects.create(
        client=client, about="movement", step="withdrawn", version=1, by=client.member, at=timezone.now()
    )


@pytest.mark.parametrize("tries", TRIES)
@pytest.mark.parametrize("by", ["the page", "raw sql"])
def test_a_booking_and_an_agreement_taken_back_at_the_same_instant(clinician, by, tries):
    """No walk survives, even where the decision still allows it."""
    said: Counter[str] = Counter()
    for number in range(tries):
        client = a_walker(clinician)
        Client.objects.filter(pk=client.pk).update(member=MemberFactory(roles=["client"]))
        client.refresh_from_db()
        sign(client, now=timezone.now())
        gone = {
            "the page": lambda client=client: withdraw_agreement(
                client=client, by=client.member, now=timezone.now()
            ),
            "raw sql": lambda client=client: take_back(client),
        }
        _gone, what = at_once(
            [
                gone[by],
                lambda client=client, n=number: refused_or(
                    lambda: walk(client, clinician, far(n % 60)).state
                ),
            ]
        )
        said[what] += 1
        assert TherapySession.objects.filter(client=client, state="booked").count() == 0
        TherapySession.objects.all().delete()

    assert set(said) <= {"booked", "agreement_missing", "not_cleared"}
    assert sum(said.values()) == tries


@pytest.mark.parametrize("tries", TRIES)
def test_a_change_and_a_withdrawal_at_the_same_instant(clinician, tries):
    for number in range(tries):
        client = a_walker(clinician)
        session = walk(client, clinician)
        at_once(
            [
                lambda client=client: withdraw(client, clinician).kind,
                lambda session=session, n=number: refused_or(
                    lambda: (
                        booking.move_session(
                            session=session, starts_at=noon_in(3 + n % 40), by=clinician, now=timezone.now()
                        ).state
                    )
                ),
            ]
        )
        session.refresh_from_db()
        assert session.state == "on_hold"
        assert survivors() == []
        TherapySession.objects.all().delete()


@pytest.mark.parametrize("tries", TRIES)
def test_raw_sql_on_both_sides_at_the_same_instant(clinician, tries):
    """Nobody locks anything but the triggers."""

    def insert(client, clearance):
        try:
            with transaction.atomic():
                at = noon_in(2)
                TherapySession(
                    client=client, clinician=clinician, mode="walk", place="outdoors", pace="chat",
                    starts_at=at, ends_at=at + timedelta(minutes=50), busy_from=at,
                    busy_until=at + timedelta(hours=1), time_zone="Europe/London", clearance=clearance,
                    booked_by=clinician, booked_at=timezone.now(),
                ).save(force_insert=True)  # fmt: skip
        except DatabaseError as error:
            return type(error).__name__
        return "booked"

    for _number in range(tries):
        client = a_walker(clinician)
        clearance = Clearance.objects.get(client=client)
        at_once(
            [
                lambda client=client: (
                    ClearanceFactory(client=client, decision="hold", decided_at=timezone.now()).pk
                ),
                lambda client=client, clearance=clearance: insert(client, clearance),
            ]
        )
        assert survivors() == []
        TherapySession.objects.all().delete()


def test_two_withdrawals_at_the_same_instant_are_one_hold_and_two_tasks(clinician):
    for _number in range(5):
        client = a_walker(clinician)
        session = walk(client, clinician)

        at_once(
            [lambda kind=kind, c=client: withdraw(c, clinician, kind).pk for kind in ("injury", "medicine")]
        )

        session.refresh_from_db()
        holds = Clearance.objects.filter(client=client, decision="hold")
        told = AuditEvent.objects.filter(action="session_held", client_uid=client.uid)
        assert session.state == "on_hold"
        assert sorted(holds.values_list("mode", flat=True)) == ["run", "walk"]
        assert told.count() == 1
        assert Rescreen.objects.filter(client=client).still_open().count() == 2
        TherapySession.objects.all().delete()


def test_the_same_change_told_five_times_at_once_is_one_task(clinician):
    client = a_walker(clinician)

    at_once([lambda: withdraw(client, clinician).pk] * 5)

    assert Rescreen.objects.count() == 1
    assert Clearance.objects.filter(client=client, decision="hold").count() == 2


def test_a_choice_made_twice_at_once_is_made_once(clinician):
    client = a_walker(clinician)
    for days in (2, 3, 4):
        walk(client, clinician, days)
    withdraw(client, clinician)

    def choose():
        try:
            return len(actions.choose(client=client, choice="sit", by=clinician, now=timezone.now()))
        except Refused as no:
            return no.code

    said = at_once([choose, choose])

    assert Counter(said) == {3: 1, "nothing_on_hold": 1}
    assert HoldChoice.objects.count() == 3


def test_going_ahead_and_a_withdrawal_at_the_same_instant(clinician):
    for _number in range(5):
        client: Client = a_walker(clinician)
        session = walk(client, clinician)
        withdraw(client, clinician)
        ClearanceFactory(client=client, decided_by=clinician, decided_at=timezone.now())

        at_once(
            [
                lambda client=client: withdraw(client, clinician, "medicine").pk,
                lambda client=client: refused_or(
                    lambda: len(
                        actions.choose(client=client, choice="go_ahead", by=clinician, now=timezone.now())
                    )
                ),
            ]
        )

        session.refresh_from_db()
        assert session.state == "on_hold"
        assert survivors() == []
        TherapySession.objects.all().delete()


def test_the_check_of_these_tests_sees_a_survivor(clinician):
    """Without the triggers there would be one: the check is no formality."""
    client = a_walker(clinician)
    session = walk(client, clinician)
    withdraw(client, clinician)
    assert survivors() == []

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname IN (%s, %s, %s)", [
            "moving_session_is_booked_on_a_living_clearance",
            "moving_session_stays_on_a_living_clearance",
            "clearance_finds_the_sessions_ahead",
        ])  # fmt: skip
        assert cursor.fetchone()[0] == 3
    session.refresh_from_db()
    assert session.state == "on_hold"
