"""A record goes: one asks, another confirms."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from clients.lifecycle import actions, tombstones
from clients.lifecycle.rules import hash_of
from clients.models import (
    CareTeamMember,
    Client,
    ErasureRequest,
    Hold,
    PortalInvitation,
    Tombstone,
)
from clients.record.actions import register_client
from practice.audit.key import key as trail_key
from practice.encryption.models import DataKey
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.models import ApiToken, AuditEvent, Member, User
from practice.people.acting import acting_as, acting_as_nobody
from practice.people.tokens import create_token
from sessions.models import Summary
from sessions.summaries.actions import ask_summary
from tests.clients.lifecycle.whole import CLINICAL, SHARED, UNSHARED, YEARS_LATER, whole_client
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(whole):
    """Another clinician of the care team."""
    member = MemberFactory(name="Jo Marsh")
    CareTeamMember.objects.create(client=whole, member=member, part="covering", since=date(2020, 1, 1))
    return member


def asked(client, by, now=YEARS_LATER, reason="time_is_over", **more):
    return actions.ask_erasure(client=client, reason=reason, by=by, now=now, **more)


def erased(client, by, second, now=YEARS_LATER, **more):
    return actions.confirm_erasure(request=asked(client, by, now, **more), by=second, now=now)


def rows_with(words):
    """The tables in which some text column holds the words."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            look = f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s'  # noqa: S608 - our own table's name
            cursor.execute(look, [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_everything_about_the_client_is_gone(whole, clinician, partner):
    key = whole.data_key

    erased(whole, clinician, partner)

    assert not Client.objects.exists()
    assert DataKey.objects.get(pk=key.pk).destroyed_at
    assert [label for label in _tables_of_clients() if apps.get_model(label).objects.exists()] == []


def _tables_of_clients():
    return [
        *("clients.RunLog", "clients.Response", "clients.Screening", "clients.Clearance"),
        *("clients.SafetyAlert", "clients.EmergencyContact", "clients.CareTeamMember", "clients.BreakGlass"),
        *("therapy_sessions.TherapySession", "therapy_sessions.Note", "therapy_sessions.Addendum"),
        *("therapy_sessions.Summary", "clients.ErasureRequest", "clients.Hold", "clients.Export"),
    ]


def test_no_name_address_or_word_of_theirs_is_left_anywhere(whole, clinician, partner):
    email = whole.member.user.email

    erased(whole, clinician, partner)

    for words in (whole.name, whole.email, email, SHARED, UNSHARED, *CLINICAL):
        assert rows_with(words) == [], words


def test_a_tombstone_without_a_name_is_left(whole, clinician, partner):
    stone = erased(whole, clinician, partner)

    kept = Tombstone.objects.get()
    assert (kept.client_uid, kept.reference_hash) == (whole.uid, hash_of(whole.reference, key=trail_key()))
    assert (kept.asked_by, kept.confirmed_by, kept.erased_at) == (clinician.uid, partner.uid, YEARS_LATER)
    assert kept.counts["therapy_sessions.Note"] == 1
    assert whole.name not in json.dumps(tombstones.line_of(stone).__dict__)


def test_the_trail_stays_and_says_so(whole, clinician, partner):
    before = AuditEvent.objects.count()

    erased(whole, clinician, partner)

    line = AuditEvent.objects.get(action="client_erased")
    assert line.client_uid == whole.uid
    assert AuditEvent.objects.count() > before


def test_the_sign_in_of_the_portal_is_closed_and_empty(whole, clinician, partner):
    member = whole.member
    create_token(member=member, scopes=["me"], name="phone", now=MONDAY_NOON)

    erased(whole, clinician, partner)

    left = Member.objects.select_related("user").get(pk=member.pk)
    assert (left.name, left.is_active, left.user.is_active) == ("—", False, False)
    assert not left.user.has_usable_password()
    assert left.user.email.endswith("@erased.invalid")
    assert not ApiToken.objects.exists()


def test_a_sign_in_that_nobody_confirmed_is_empty_too(whole, clinician, partner):
    waiting = MemberFactory(name="canary-waiting", roles=["client"], is_confirmed=False)
    PortalInvitation.objects.create(
        client=whole,
        email=whole.email,
        digest="0" * 64,
        seal="0" * 64,
        second="code",
        invited_by=clinician,
        invited_at=MONDAY_NOON,
        ends_at=MONDAY_NOON + timedelta(hours=72),
        member=waiting,
        accepted_at=MONDAY_NOON,
    )

    erased(whole, clinician, partner)

    assert rows_with("canary-waiting") == []
    assert not User.objects.get(pk=waiting.user_id).is_active


def test_a_signed_in_client_is_signed_out(whole, clinician, partner, browser_of):
    browser = browser_of(whole.member)
    assert browser.get("/my/").status_code == 200

    erased(whole, clinician, partner)

    assert browser.get("/my/").status_code in {302, 403}


def test_their_reference_is_never_given_again(whole, clinician, partner):
    Client.objects.filter(pk=whole.pk).update(reference="TP-0001")
    erased(Client.objects.get(pk=whole.pk), clinician, partner)

    after = register_client(name="Somebody Else", by=clinician, now=YEARS_LATER)

    assert after.reference == "TP-0002"


def test_another_client_stays_whole(whole, clinician, partner):
    other = whole_client(clinician, days=1, name="Lee Stone")

    erased(whole, clinician, partner)

    assert Client.objects.get() == other
    assert other.sessions.get().note.body == {"subjective": "canary-note-words"}
    assert User.objects.get(member__client=other).is_active


def test_an_owner_may_be_the_second_person_without_reading_the_record(whole, clinician, owner):
    erased(whole, clinician, owner)

    assert not Client.objects.exists()


def test_an_owner_may_ask_and_a_clinician_confirm(whole, clinician, owner):
    erased(whole, owner, clinician)

    assert not Client.objects.exists()


def test_nobody_confirms_what_they_asked_for(whole, clinician):
    request = asked(whole, clinician)

    with pytest.raises(actions.SamePerson):
        actions.confirm_erasure(request=request, by=clinician, now=YEARS_LATER)

    assert Client.objects.exists()


def test_the_database_too_wants_two_people(whole, clinician):
    stone = Tombstone(
        client_uid=whole.uid,
        reference_hash="0" * 64,
        reason="mistake",
        asked_by=clinician.uid,
        confirmed_by=clinician.uid,
        erased_at=YEARS_LATER,
    )

    with pytest.raises(IntegrityError, match="erasure_takes_two_people"), transaction.atomic():
        stone.save()


def test_whoever_asked_must_still_be_allowed_to(whole, clinician, partner):
    request = asked(whole, clinician)
    CareTeamMember.objects.filter(client=whole, member=clinician).delete()

    with pytest.raises(actions.AskerIsGone):
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)


def test_a_request_grows_too_old(whole, clinician, partner):
    request = asked(whole, clinician)

    with pytest.raises(actions.RequestTooOld):
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER + timedelta(days=31))


def test_a_request_that_was_taken_back_does_nothing(whole, clinician, partner):
    request = asked(whole, clinician)
    actions.withdraw_erasure(request=request, by=clinician, now=YEARS_LATER)

    with pytest.raises(actions.RequestGone):
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)


def test_asking_twice_is_one_request(whole, clinician, partner):
    asked(whole, clinician)

    with pytest.raises(actions.AlreadyAsked):
        asked(whole, partner)


@pytest.mark.parametrize("status", ["active", "paused", "screening"])
def test_nobody_goes_while_the_work_goes_on(whole, clinician, status):
    Client.objects.filter(pk=whole.pk).update(status=status)

    with pytest.raises(actions.WorkGoesOn):
        asked(whole, clinician)


def test_work_that_goes_on_again_stops_what_was_asked(whole, clinician, partner):
    request = asked(whole, clinician)
    Client.objects.filter(pk=whole.pk).update(status="active")

    with pytest.raises(actions.WorkGoesOn):
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)


def test_a_record_is_kept_for_seven_years_after_the_last_session(whole, clinician):
    with pytest.raises(actions.StillKept, match="1 June 2033"):
        asked(whole, clinician, now=MONDAY_NOON)


def test_a_client_may_be_let_go_earlier_by_people_who_know_it(whole, clinician, partner):
    stone = erased(whole, clinician, partner, now=MONDAY_NOON, reason="client_asked", is_early=True)

    assert stone.is_early


def test_the_time_is_not_over_by_saying_so(whole, clinician):
    with pytest.raises(actions.StillKept):
        asked(whole, clinician, now=MONDAY_NOON, reason="time_is_over", is_early=True)


def test_a_hold_stops_asking(whole, clinician, owner):
    actions.set_hold(client=whole, reason="court", by=owner, now=YEARS_LATER)

    with pytest.raises(actions.OnHold):
        asked(whole, clinician)


def test_a_hold_stops_what_was_asked(whole, clinician, partner, owner):
    request = asked(whole, clinician)
    actions.set_hold(client=whole, reason="claim", by=owner, now=YEARS_LATER)

    with pytest.raises(actions.OnHold):
        actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER)


def test_the_database_too_knows_the_hold(whole, owner):
    actions.set_hold(client=whole, reason="claim", by=owner, now=YEARS_LATER)
    stone = Tombstone(
        client_uid=whole.uid,
        reference_hash="0" * 64,
        reason="mistake",
        asked_by=owner.uid,
        confirmed_by=whole.uid,
        erased_at=YEARS_LATER,
    )

    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        stone.save()


def test_a_hold_that_was_lifted_stops_nothing(whole, clinician, partner, owner):
    hold = actions.set_hold(client=whole, reason="claim", by=owner, now=YEARS_LATER)
    actions.lift_hold(hold=hold, because="The claim was settled.", by=clinician, now=YEARS_LATER)

    erased(whole, clinician, partner)

    assert not Hold.objects.exists()


def test_a_record_is_held_once(whole, owner):
    actions.set_hold(client=whole, reason="claim", by=owner, now=YEARS_LATER)

    with pytest.raises(actions.HoldStands):
        actions.set_hold(client=whole, reason="court", by=owner, now=YEARS_LATER)


def test_a_hold_is_lifted_once(whole, owner):
    hold = actions.set_hold(client=whole, reason="claim", by=owner, now=YEARS_LATER)
    actions.lift_hold(hold=hold, because="Settled.", by=owner, now=YEARS_LATER)

    with pytest.raises(actions.NothingHeld):
        actions.lift_hold(hold=hold, because="Settled.", by=owner, now=YEARS_LATER)


@pytest.mark.parametrize(
    "table",
    ["therapy_sessions_addendum", "therapy_sessions_note", "therapy_sessions_summary", "clients_clearance"],
)
def test_what_never_changes_cannot_be_deleted_without_a_tombstone(whole, table):
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - one of the names above


def test_a_client_cannot_be_deleted_without_a_tombstone(db):
    client = ClientFactory()

    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        client.delete()


def test_a_tombstone_opens_the_door_for_its_own_client_only(whole, clinician, partner):
    other = whole_client(clinician, days=1, name="Lee Stone")
    erased(whole, clinician, partner)

    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("DELETE FROM therapy_sessions_addendum")

    assert other.sessions.get().note.addenda.count() == 1


def test_a_signed_note_still_never_changes_when_its_client_has_a_tombstone(whole):
    Tombstone.objects.create(
        client_uid=whole.uid,
        reference_hash="0",
        reason="mistake",
        erased_at=YEARS_LATER,
        replayed_at=YEARS_LATER,
    )

    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE therapy_sessions_note SET version = version + 1")


@pytest.mark.parametrize(
    "sql", ["DELETE FROM clients_tombstone", "UPDATE clients_tombstone SET counts = '{}'"]
)
def test_a_tombstone_never_changes(whole, clinician, partner, sql):
    erased(whole, clinician, partner)

    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(sql)


def test_who_acts_as_a_clinician_can_ask_behind_the_wall(whole, clinician):
    with acting_as(clinician, now=timezone.now()):
        request = asked(whole, clinician)

    assert ErasureRequest.objects.get() == request


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [2])
def test_two_who_confirm_at_once_erase_once(whole, clinician, partner, owner, seconds):
    request = asked(whole, clinician)
    outcomes = _at_once(
        lambda: actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER),
        lambda: actions.confirm_erasure(request=request, by=owner, now=YEARS_LATER),
    )

    assert sorted(outcomes) == ["RequestGone", "done"]
    assert Tombstone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hold_at_the_same_moment_wins_or_comes_too_late(whole, clinician, partner, owner):
    request = asked(whole, clinician)
    outcomes = _at_once(
        lambda: actions.confirm_erasure(request=request, by=partner, now=YEARS_LATER),
        lambda: actions.set_hold(client=whole, reason="court", by=owner, now=YEARS_LATER),
    )

    assert sorted(outcomes) in (["OnHold", "done"], ["DoesNotExist", "done"])
    assert Client.objects.count() == Hold.objects.count()


def _at_once(*doings):
    barrier, outcomes = threading.Barrier(len(doings)), []

    def run(doing):
        barrier.wait()
        try:
            doing()
            outcomes.append("done")
        except Exception as problem:  # noqa: BLE001 - whatever it says is the outcome
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_t14_work_that_is_tried_again_after_its_client_is_gone_makes_nothing(whole, clinician, partner):
    day = MONDAY_NOON.date()
    _summary, work = ask_summary(
        client=whole,
        since=day - timedelta(days=7),
        until=day,
        audience="supervision",
        by=clinician,
        now=MONDAY_NOON,
    )
    copy, _job = actions.ask_export(client=whole, by=clinician, now=MONDAY_NOON)
    erased(whole, clinician, partner)
    Job.objects.update(state=Job.State.WAITING, attempts=1)

    with acting_as_nobody():
        while jobs.do_one(timezone.now()):
            pass

    assert not Summary.objects.exists()
    assert not type(copy).objects.filter(client__isnull=False).exists()
    assert set(Job.objects.values_list("state", flat=True)) <= {Job.State.FAILED}
    assert not Job.objects.filter(pk=work.pk, problem="").exists()
