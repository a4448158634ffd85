"""Asking for a summary, making it, handing it out."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from practice.audit.models import AuditEvent
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.people.acting import acting_as_nobody
from sessions.models import Summary
from sessions.summaries import actions
from tests.factories import ClientFactory, MemberFactory
from tests.sessions.summaries.lives import SINCE, TODAY, UNTIL, asked, made

pytestmark = pytest.mark.django_db


def ask(client, by, **changes):
    words = {"audience": "supervision", "since": SINCE, "until": UNTIL, **changes}
    return actions.ask_summary(client=client, **words, by=by, now=TODAY)


def test_asking_makes_a_version_and_a_job(client_person, clinician):
    summary, job = ask(client_person, clinician)

    assert (summary.version, summary.made_at) == (1, None)
    assert (job.kind, job.subject_uid, job.state) == ("summary", summary.uid, "waiting")


def test_each_version_counts_on(client_person, clinician):
    ask(client_person, clinician)

    assert ask(client_person, clinician, audience="client")[0].version == 2


def test_asking_twice_for_the_same_answers_the_one_under_way(client_person, clinician):
    first, again = ask(client_person, clinician), ask(client_person, clinician)

    assert first == again
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("period", "refusal"),
    [
        ({"since": UNTIL, "until": SINCE}, actions.EndsBeforeItBegins),
        ({"until": UNTIL + timedelta(days=1)}, actions.EndsInTheFuture),
        ({"since": date(2024, 8, 9)}, actions.TooLong),
        ({"audience": "insurer"}, actions.UnknownAudience),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(period, refusal, client_person, clinician):
    with pytest.raises(refusal):
        ask(client_person, clinician, **period)


def test_two_years_to_the_day_are_allowed(client_person, clinician):
    assert ask(client_person, clinician, since=date(2024, 8, 10))[0].pk


def test_a_worker_makes_it_whole_with_visible_steps(client_person, clinician):
    summary, job = ask(client_person, clinician)

    with acting_as_nobody():
        jobs.do_one(TODAY + timedelta(minutes=1))

    summary.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, job.progress, job.step) == ("done", 100, "Keeping it safe")
    assert summary.sha256 == sha256(bytes(summary.pdf)).hexdigest()
    assert 1 <= summary.pages <= 4


def test_made_twice_it_is_made_once(client_person):
    summary = made(client_person)

    again = actions.make_summary(Summary.objects.get(), lambda _percent, _step: None)

    assert (again.sha256, again.made_at) == (summary.sha256, summary.made_at)
    assert AuditEvent.objects.filter(action="summary_made").count() == 1


def test_not_even_sql_changes_a_finished_summary(client_person):
    made(client_person)

    with pytest.raises(DatabaseError, match="A finished summary never changes"), transaction.atomic():
        connection.cursor().execute("UPDATE therapy_sessions_summary SET plan = 'x'")


def test_care_that_ended_meanwhile_stops_the_making(client_person, clinician):
    summary = asked(client_person)
    client_person.care_team.update(until=date(2026, 1, 1))

    with pytest.raises(actions.NoLongerYours):
        actions.make_summary(summary, lambda _percent, _step: None)


def test_a_failed_one_may_be_tried_again(client_person, clinician):
    summary, job = ask(client_person, clinician)
    Job.objects.filter(pk=job.pk).update(state="failed", ended_at=TODAY)

    assert actions.ask_again(summary=summary, by=clinician, now=TODAY).pk != job.pk


def test_one_under_way_is_not_asked_twice(client_person, clinician):
    summary, job = ask(client_person, clinician)

    assert actions.ask_again(summary=summary, by=clinician, now=TODAY) == job


def test_handing_out_leaves_a_line_without_words(client_person, clinician):
    summary = made(client_person, plan="Rest by the lighthouse.")

    assert actions.hand_out(summary=summary, by=clinician, now=TODAY).startswith(b"%PDF")

    line = AuditEvent.objects.get(action="summary_downloaded")
    assert (line.client_uid, line.detail) == (client_person.uid, {"version": 1})


def test_nothing_is_handed_out_before_it_is_made(client_person, clinician):
    with pytest.raises(actions.NotMadeYet):
        actions.hand_out(summary=asked(client_person), by=clinician, now=TODAY)


def test_an_empty_life_still_prints():
    client = ClientFactory.create(treated_by=MemberFactory.create())

    assert made(client).pages == 1
