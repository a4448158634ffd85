"""Booking a session, and every way in which it is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from clients.models import CareTeamMember
from practice.audit.models import AuditEvent
from sessions.booking.actions import refusals
from sessions.models import TherapySession
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, MemberFactory
from tests.sessions.booking.conftest import TOMORROW

pytestmark = pytest.mark.django_db


def test_a_walk_stands_on_the_clearance_of_that_day(book, walker):
    session = book()

    assert session.clearance == walker.clearances.get()
    assert (session.state, session.minutes, session.time_zone) == ("booked", 50, "Europe/London")


def test_a_walk_keeps_ten_minutes_free_afterwards(book):
    session = book()

    assert session.busy_until - session.ends_at == timedelta(minutes=10)


def test_booking_leaves_a_line_in_the_trail(book, walker, clinician):
    session = book()

    line = AuditEvent.objects.get(action="session_booked")
    assert (line.subject_uid, line.client_uid, line.member_uid) == (session.uid, walker.uid, clinician.uid)
    assert line.detail == {"mode": "walk"}


def test_sitting_needs_no_clearance(sit, clinician):
    someone = ClientFactory(treated_by=clinician)

    assert sit(client=someone).clearance is None


def test_without_words_one_meets_where_the_route_begins(book, route):
    assert book(route=route).meeting_place == "Lock keeper's cottage"


def test_what_was_said_about_meeting_wins_over_the_route(book, route):
    assert book(route=route, meeting_place="At the bench").meeting_place == "At the bench"


def test_a_route_and_a_pace_are_left_out_where_nobody_moves(sit, route):
    session = sit(route=route, pace="chat")

    assert (session.route, session.pace) == (None, "")


def test_the_front_desk_books_for_a_clinician(book, reception, clinician):
    session = book(by=reception)

    assert (session.booked_by, session.clinician) == (reception, clinician)


def test_a_run_is_refused_to_who_is_cleared_for_walking_only(book):
    with pytest.raises(refusals.NotCleared, match="no clinician has decided yet"):
        book(mode="run")


def test_a_walk_is_refused_after_the_review_date(book, walker):
    review_on = walker.clearances.get().review_on
    late = TOMORROW + (review_on - TOMORROW.date()) + timedelta(days=1)

    with pytest.raises(refusals.NotCleared, match="to be looked at again by"):
        book(starts_at=late)


def test_a_walk_on_the_review_date_is_booked(book, walker):
    review_on = walker.clearances.get().review_on

    assert book(starts_at=TOMORROW + (review_on - TOMORROW.date())).pk


def test_a_newer_hold_wins_over_an_older_clearance(book, walker):
    ClearanceFactory(client=walker, decision="hold")

    with pytest.raises(refusals.NotCleared, match="on hold"):
        book()


def test_the_front_desk_does_not_read_why(book, reception, walker):
    ClearanceFactory(client=walker, decision="hold")

    with pytest.raises(refusals.NotCleared) as no:
        book(by=reception)

    assert "hold" not in str(no.value)
    assert no.value.field == "mode"


def test_the_day_that_counts_is_the_local_one(book, walker):
    """23:30 UTC on the review date is half past midnight in London, the day after."""
    review_on = walker.clearances.get().review_on
    late = (TOMORROW + (review_on - TOMORROW.date())).replace(hour=23, minute=30)

    with pytest.raises(refusals.NotCleared):
        book(starts_at=late)


def test_a_clinician_is_in_one_place_at_a_time(book, clinician):
    book()
    other = ClientFactory(treated_by=clinician)

    with pytest.raises(refusals.ClinicianTaken):
        book(client=other, mode="sit", place="office", starts_at=TOMORROW + timedelta(minutes=55))


def test_a_client_is_in_one_place_at_a_time(book, sit, walker, colleague):
    book()
    CareTeamMember.objects.create(client=walker, member=colleague, part="covering", since=date(2020, 1, 1))

    with pytest.raises(refusals.ClientTaken):
        sit(clinician=colleague, starts_at=TOMORROW + timedelta(minutes=30))


def test_the_next_session_may_begin_when_the_clinician_is_back(book, sit):
    book()

    assert sit(starts_at=TOMORROW + timedelta(minutes=60)).pk


def test_a_cancelled_session_takes_no_time(book, sit):
    TherapySession.objects.filter(pk=book().pk).update(
        state="cancelled", closed_at=MONDAY_NOON, closed_by=MemberFactory()
    )

    assert sit().pk


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [
        (0, refusals.EndsBeforeItStarts),
        (-50, refusals.EndsBeforeItStarts),
        (5, refusals.TooShort),
        (5000, refusals.TooLong),
        (10**20, refusals.TooLong),
    ],
)
def test_a_session_has_a_sensible_length(book, minutes, refusal):
    with pytest.raises(refusal):
        book(minutes=minutes)


def test_a_clinician_writes_a_session_down_up_to_a_month_late(sit):
    assert sit(starts_at=MONDAY_NOON - timedelta(days=31)).pk


def test_more_than_a_month_late_is_refused(sit):
    with pytest.raises(refusals.TooLongAgo):
        sit(starts_at=MONDAY_NOON - timedelta(days=31, minutes=1))


def test_a_late_walk_needs_the_clearance_of_its_own_day(book):
    """The clearance began 20 days before MONDAY_NOON."""
    with pytest.raises(refusals.NotCleared, match="before"):
        book(starts_at=MONDAY_NOON - timedelta(days=25))


def test_the_front_desk_books_ahead(sit, reception):
    with pytest.raises(refusals.TooLongAgo):
        sit(by=reception, starts_at=MONDAY_NOON - timedelta(days=2))


def test_more_than_a_year_ahead_is_refused(sit):
    with pytest.raises(refusals.TooFarAhead):
        sit(starts_at=MONDAY_NOON + timedelta(days=367))


def test_who_does_not_treat_the_client_cannot_be_booked(book, colleague):
    with pytest.raises(refusals.NotTreating):
        book(clinician=colleague)


def test_who_left_the_care_team_cannot_be_booked(book, walker):
    CareTeamMember.objects.filter(client=walker).update(until=MONDAY_NOON.date())

    with pytest.raises(refusals.NotTreating):
        book()


def test_who_only_supervises_cannot_be_booked(book, walker, colleague):
    CareTeamMember.objects.create(client=walker, member=colleague, part="supervising", since=date(2020, 1, 1))

    with pytest.raises(refusals.NotTreating):
        book(clinician=colleague)


def test_an_inactive_clinician_cannot_be_booked(book, clinician):
    clinician.is_active = False

    with pytest.raises(refusals.NotTreating):
        book()


def test_a_client_whose_work_has_ended_cannot_be_booked(sit, walker):
    walker.status = "ended"
    walker.save()

    with pytest.raises(refusals.ClientEnded):
        sit()


def test_moving_sessions_are_outdoors(book):
    with pytest.raises(refusals.MovesOutdoors):
        book(place="office")


def test_moving_sessions_have_a_pace(book):
    with pytest.raises(refusals.NoPace):
        book(pace="")


def test_an_archived_route_is_refused(book, route):
    route.archived_at = MONDAY_NOON
    route.save()

    with pytest.raises(refusals.RouteArchived):
        book(route=route)


def test_the_same_form_sent_twice_books_once(book):
    token = uuid4()

    assert book(uid=token) == book(uid=token)
    assert TherapySession.objects.count() == 1
    assert AuditEvent.objects.filter(action="session_booked").count() == 1


def test_a_form_changed_and_sent_again_is_asked_about(book):
    token = uuid4()
    book(uid=token)

    with pytest.raises(refusals.FormUsed):
        book(uid=token, starts_at=TOMORROW + timedelta(hours=3))


def test_a_refused_booking_leaves_no_trace(book):
    with pytest.raises(refusals.TooShort):
        book(minutes=5)

    assert not TherapySession.objects.exists()
    assert not AuditEvent.objects.filter(action="session_booked").exists()


def test_the_clock_of_the_machine_decides_nothing(book):
    with time_machine.travel(MONDAY_NOON + timedelta(days=3000), tick=False):
        assert book().pk
