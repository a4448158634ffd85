"""The fictional practice: the same every time, never beside real people."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from clients.models import Clearance, Client, RunLog, SafetyAlert
from clients.record.actions import register_client
from practice.models import Member, Practice, User
from sessions.demo.actions import RealPractice, set_up_demo
from sessions.demo.cast import LIVES
from sessions.demo.routes import ROUTES
from sessions.demo.scale import LOGS_PER_CLIENT, grow
from sessions.models import Note, Route, TherapySession
from sessions.notes.actions import seal_of
from tests.factories import PASSWORD, PracticeFactory

pytestmark = pytest.mark.django_db
SUNDAY_EVENING = datetime(2026, 6, 7, 20, 30, tzinfo=UTC)
THEO, IDA, RUTH = LIVES[3], LIVES[4], LIVES[5]


def _set_up(*lives: Any) -> bool:
    return set_up_demo(password=PASSWORD, now=SUNDAY_EVENING, lives=lives)


def test_a_real_practice_gets_no_made_up_people():
    PracticeFactory(is_demo=False)

    with pytest.raises(RealPractice):
        _set_up()


def test_setting_up_twice_is_setting_up_once():
    _set_up(IDA)

    assert _set_up(IDA) is False
    assert Client.objects.count() == 1


def test_nobody_has_an_address_that_exists():
    _set_up(IDA)

    assert not User.objects.exclude(email__endswith=".example").exists()


def test_everybody_signs_in_with_the_password_that_is_printed():
    _set_up(IDA)

    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_a_safety_answer_stands_open_and_holds():
    _set_up(THEO)

    client = Client.objects.get()
    assert SafetyAlert.objects.unseen().filter(client=client).count() == 1
    assert {row.decision for row in Clearance.objects.filter(client=client).current()} == {"hold"}


def test_an_addiction_keeps_a_client_sitting():
    _set_up(RUTH)

    assert set(TherapySession.objects.values_list("mode", flat=True)) == {"sit"}
    assert {row.decision for row in Clearance.objects.current()} == {"not_suited"}


def test_nothing_lies_in_the_future_but_sessions():
    _set_up(THEO)

    assert not RunLog.objects.filter(started_at__gt=SUNDAY_EVENING).exists()
    assert not Note.objects.filter(signed_at__gt=SUNDAY_EVENING).exists()


def test_the_same_day_makes_the_same_practice():
    with transaction.atomic():
        _set_up(THEO)
        first = _everything()
        transaction.set_rollback(True)

    _set_up(THEO)

    assert _everything() == first


def _everything() -> list[Any]:
    logs = RunLog.objects.order_by("uid")
    runs = [(log.uid, log.started_at, log.minutes, log.mood_after, log.journal) for log in logs]
    sessions = TherapySession.objects.order_by("starts_at").values_list(
        "starts_at", "mode", "state", "reason"
    )
    return [*runs, *sessions]


def test_the_drawn_routes_are_as_long_as_they_say():
    _set_up()

    lengths = dict(Route.objects.values_list("name", "distance_m"))

    assert lengths == {drawn.name: pytest.approx(drawn.length_m, rel=0.03) for drawn in ROUTES}


def test_a_crowd_comes_with_two_years_of_logs():
    _set_up(IDA)

    grow(clients=45, seed=1, now=SUNDAY_EVENING)

    assert Client.objects.count() == 46
    assert RunLog.objects.filter(client__name__startswith="Ada").count() % LOGS_PER_CLIENT == 0
    assert Member.objects.filter(user__email__endswith="@scale.example", roles=["clinician"]).count() == 2


def test_the_seals_of_a_crowd_hold():
    _set_up(IDA)
    grow(clients=2, seed=1, now=SUNDAY_EVENING)

    notes = Note.objects.select_related("session__client", "author", "signed_by")

    assert [note.uid for note in notes if note.seal != seal_of(note)] == []


def test_somebody_can_be_registered_after_a_crowd(clinician_of_the_demo):
    grow(clients=3, seed=1, now=SUNDAY_EVENING)

    client = register_client(name="Sam Wood", by=clinician_of_the_demo, now=SUNDAY_EVENING)

    assert client.reference not in set(
        Client.objects.exclude(pk=client.pk).values_list("reference", flat=True)
    )


@pytest.fixture
def clinician_of_the_demo() -> Member:
    _set_up(IDA)
    return Member.objects.get(user__email="clinician@demo.example")


def test_the_command_wants_to_be_a_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="TOWPATH_DEMO"):
        call_command("demo")


def test_the_command_takes_no_wild_number():
    with pytest.raises(CommandError, match="--scale"):
        call_command("demo", scale=-1)


def test_there_is_exactly_one_practice_after_it():
    _set_up()

    assert Practice.objects.get().is_demo
