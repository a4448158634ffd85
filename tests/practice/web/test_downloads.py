"""T09: what is on its way when the right to it goes comes no further. That the receiver sees a broken
download is shown with the server itself: tests/practice/machine/test_cutting.py."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from clients.consents.models import Consent
from clients.models import CareTeamMember, Export
from practice.models import AuditEvent, Member
from practice.people.acting import beyond_the_wall
from practice.people.models import ApiToken
from practice.people.tokens import create_token
from practice.web.downloads import PIECE, Cut
from sessions.models import Summary

pytestmark = pytest.mark.django_db
PIECES = 4
WHOLE = b"x" * (PIECES * PIECE - 1)


def lies_ready(*, by, **what):
    now = timezone.now()
    made = {"made_at": now, "expires_at": now + timedelta(days=1), "size": len(WHOLE), "sha256": "0" * 64}
    kept = {} if what["kind"] == "practice" else {"content": WHOLE}
    return Export.objects.create(asked_by=by, asked_at=now, **made, **kept, **what)


@pytest.fixture
def copy(clinician, client_person):
    return lies_ready(by=clinician, kind="record", client=client_person)


@pytest.fixture
def archive(owner):
    export = lies_ready(by=owner, kind="practice")
    for number in range(PIECES):
        export.parts.create(number=number, content=WHOLE[number * PIECE : (number + 1) * PIECE])
    return export


@pytest.fixture
def summary(clinician, client_person):
    return Summary.objects.create(
        client=client_person,
        version=1,
        since=date(2026, 7, 1),
        until=date(2026, 7, 31),
        audience="supervision",
        asked_by=clinician,
        asked_at=timezone.now(),
        made_at=timezone.now(),
        pdf=WHOLE,
        pages=1,
        sha256="0" * 64,
    )


def elsewhere():
    """The request that hands the file out is not over yet: whoever changes something meanwhile does it in another."""
    return beyond_the_wall("somebody else does it at their desk")


def key_of(member):
    """What a program of theirs sends along."""
    _token, text = create_token(
        member=member, scopes=["clients", "export"], name="script", now=timezone.now()
    )
    return {"Authorization": f"Bearer {text}"}


def take(browser, export):
    return browser.post(reverse("take_export", args=[export.uid]))


def out_of_the_care_team(member):
    with elsewhere():
        CareTeamMember.objects.filter(member=member).update(
            until=timezone.localdate(), ended_at=timezone.now()
        )


def let_go(member):
    Member.objects.filter(pk=member.pk).update(is_active=False)


def another_role(member):
    Member.objects.filter(pk=member.pk).update(roles=["reception"])


def signed_out(_member):
    Session.objects.all().delete()


def signed_out_from_the_list_of_devices(_member):
    UserSession.objects.get().end()


def another_password(member):
    member.user.set_password("quite another one 7")
    member.user.save()


def a_day_later(_member):
    for session in Session.objects.all():
        said = session.get_decoded() | {"signed_in_at": 1}
        Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(said))


GONE = [
    out_of_the_care_team,
    let_go,
    another_role,
    signed_out,
    signed_out_from_the_list_of_devices,
    another_password,
    a_day_later,
]


@pytest.mark.parametrize("goes", GONE, ids=lambda goes: goes.__name__)
def test_a_copy_stops_at_the_next_piece_once_the_right_is_gone(copy, clinician, browser_of, goes):
    answer = take(browser_of(clinician), copy)
    body = iter(answer.streaming_content)
    first = next(body)

    goes(clinician)

    with pytest.raises(Cut):
        next(body)
    assert len(first) == PIECE
    assert int(answer.headers["Content-Length"]) == len(WHOLE)


def test_the_trail_says_how_much_had_left(copy, clinician, browser_of):
    answer = take(browser_of(clinician), copy)
    body = iter(answer.streaming_content)
    next(body), next(body)
    let_go(clinician)

    with pytest.raises(Cut):
        next(body)

    line = AuditEvent.objects.get(action="download_cut")
    assert (line.outcome, line.reason, line.member_uid) == ("cut", "right_gone", clinician.uid)
    assert (line.subject_uid, line.client_reference) == (copy.uid, copy.client.reference)
    assert line.detail == {"sent": 2 * PIECE, "size": len(WHOLE)}
    assert line.request == answer.headers["X-Request-ID"]


def test_nothing_leaves_where_the_right_went_before_the_first_piece(copy, clinician, browser_of):
    answer = take(browser_of(clinician), copy)
    out_of_the_care_team(clinician)

    with pytest.raises(Cut):
        next(iter(answer.streaming_content))

    assert AuditEvent.objects.get(action="download_cut").detail["sent"] == 0


def test_who_keeps_the_right_gets_the_whole_file_and_no_line_says_otherwise(copy, clinician, browser_of):
    answer = take(browser_of(clinician), copy)

    assert b"".join(answer.streaming_content) == WHOLE
    assert not AuditEvent.objects.filter(action="download_cut").exists()


def test_to_show_again_who_one_is_cuts_nothing(copy, clinician, browser_of):
    browser = browser_of(clinician)
    browser.get(reverse("today"))
    body = iter(take(browser, copy).streaming_content)
    first, before = next(body), browser.session.session_key
    session = browser.session
    session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=session.session_key)

    assert first + b"".join(body) == WHOLE


def test_what_the_client_takes_back_meanwhile_is_not_handed_out_to_its_end(
    copy, clinician, client_person, browser_of
):
    body = iter(take(browser_of(clinician), copy).streaming_content)
    next(body)
    with elsewhere():
        Consent.objects.create(
            client=client_person,
            about="heart_rate",
            step="withdrawn",
            by=client_person.member,
            at=timezone.now(),
        )

    with pytest.raises(Cut):
        next(body)


def test_the_archive_of_everything_stops_when_its_owner_is_let_go(archive, owner, browser_of):
    body = iter(take(browser_of(owner), archive).streaming_content)
    next(body)

    another_role(owner)

    with pytest.raises(Cut):
        next(body)


def test_a_pdf_stops_when_its_reader_leaves_the_care_team(summary, clinician, browser_of):
    answer = browser_of(clinician).post(reverse("take_summary", args=[summary.uid]))
    body = iter(answer.streaming_content)
    next(body)

    out_of_the_care_team(clinician)

    with pytest.raises(Cut):
        next(body)


def test_the_copy_of_the_trail_stops_when_its_reader_loses_the_right(owner, browser_of):
    line = {"at": timezone.now() - timedelta(days=1), "member_name": "x" * 100, "subject": "y" * 40}
    AuditEvent.objects.bulk_create(AuditEvent(action="client_read", **line) for _ in range(2_000))
    answer = browser_of(owner).get(reverse("export_trail", args=["json"]))
    body = iter(answer.streaming_content)
    next(body)

    another_role(owner)

    with pytest.raises(Cut):
        next(body)


def test_a_key_that_is_ended_ends_what_it_was_fetching(copy, clinician):
    answer: Any = APIClient().post(f"/api/v1/exports/{copy.uid}/take/", headers=key_of(clinician))
    body = iter(answer.streaming_content)
    next(body)

    ApiToken.objects.update(revoked_at=timezone.now())

    with pytest.raises(Cut):
        next(body)
