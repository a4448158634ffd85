"""A supervisor of the care team co-signs: once, after the signature, never their own words."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from practice.models import AuditEvent
from sessions.models import Note
from sessions.notes import actions
from sessions.notes.contributions import notes_to_cosign, signed_notes
from tests.factories import MONDAY_NOON, MemberFactory, NoteFactory, SessionFactory

LATER = MONDAY_NOON + timedelta(hours=3)
NEXT_DAY = MONDAY_NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NEXT_DAY, tick=False)
    return NEXT_DAY


@pytest.fixture
def supervisor(client_person):
    """Supervises the care of `client_person`."""
    member = MemberFactory(name="Ines Ford", roles=["supervisor"])
    client_person.care_team.create(member=member, part="supervising", since=date(2026, 1, 1))
    return member


@pytest.fixture
def draft(client_person, clinician):
    session = SessionFactory(client=client_person, clinician=clinician, completed=True)
    return NoteFactory(session=session)


@pytest.fixture
def signed(draft, clinician):
    return actions.sign_note(note=draft, by=clinician, now=LATER)


def cosign(note, by, now=NEXT_DAY):
    return actions.cosign_note(note=note, by=by, now=now)


def test_a_supervisor_of_the_care_team_cosigns(signed, supervisor):
    note = cosign(signed, supervisor)

    assert (note.cosigned_by, note.cosigned_at) == (supervisor, NEXT_DAY)
    assert AuditEvent.objects.filter(action="note_cosigned", member_uid=supervisor.uid).count() == 1


def test_a_clinician_who_supervises_this_care_cosigns(signed, colleague, client_person):
    client_person.care_team.create(member=colleague, part="supervising", since=date(2026, 1, 1))

    assert cosign(signed, colleague).cosigned_by == colleague


def test_the_seal_still_holds(signed, supervisor):
    note = cosign(signed, supervisor)

    assert actions.seal_of(note) == note.seal


def test_a_draft_is_not_cosigned(draft, supervisor):
    with pytest.raises(actions.NotSigned):
        cosign(draft, supervisor)


def test_who_wrote_it_does_not_cosign(signed, clinician):
    with pytest.raises(actions.OwnNote):
        cosign(signed, clinician)


@pytest.mark.parametrize("part", ["covering", None])
def test_who_does_not_supervise_this_care_does_not_cosign(signed, client_person, part):
    other = MemberFactory(roles=["clinician", "supervisor"])
    if part:
        client_person.care_team.create(member=other, part=part, since=date(2026, 1, 1))

    with pytest.raises(actions.NotTheSupervisor):
        cosign(signed, other)


def test_who_no_longer_supervises_does_not_cosign(signed, supervisor, client_person):
    client_person.care_team.filter(member=supervisor).update(until=MONDAY_NOON.date())

    with pytest.raises(actions.NotTheSupervisor):
        cosign(signed, supervisor)


def test_once_is_enough(signed, supervisor):
    cosign(signed, supervisor)

    with pytest.raises(actions.AlreadyCosigned):
        cosign(signed, supervisor)


def test_words_that_are_not_those_that_were_signed_are_not_cosigned(draft, clinician, supervisor):
    Note.objects.filter(pk=draft.pk).update(signed_at=LATER, signed_by=clinician, seal="f" * 64)

    with pytest.raises(actions.SealBroken):
        cosign(draft, supervisor)


@pytest.mark.parametrize(
    "change",
    [
        "cosigned_at = NULL, cosigned_by_id = NULL",
        "cosigned_at = now()",
        "version = version + 1",
    ],
)
def test_not_even_sql_changes_a_cosignature(signed, supervisor, change):
    cosign(signed, supervisor)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        _update(signed, change)


def test_sql_changes_nothing_else_along_with_a_cosignature(signed, supervisor):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        _update(signed, f"version = 9, cosigned_at = now(), cosigned_by_id = {supervisor.pk}")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("cosigned_at = signed_at", "note_cosigned_at_and_by_go_together"),
        (
            "cosigned_at = signed_at - interval '1 s', cosigned_by_id = {other}",
            "note_is_cosigned_after_it_is_signed",
        ),
        ("cosigned_at = signed_at, cosigned_by_id = author_id", "note_is_cosigned_by_somebody_else"),
    ],
)
def test_a_cosignature_that_must_never_be_is_refused_in_sql(signed, supervisor, change, constraint):
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        _update(signed, change.format(other=supervisor.pk))


def test_a_draft_cannot_be_cosigned_in_sql(draft, supervisor):
    with pytest.raises(DatabaseError, match="note_is_cosigned_after_it_is_signed"), transaction.atomic():
        _update(draft, f"cosigned_at = now(), cosigned_by_id = {supervisor.pk}")


def test_a_signed_note_is_still_never_deleted(signed):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        signed.delete()


def test_the_page_offers_it_to_the_supervisor_alone(signed, supervisor, clinician, browser_of):
    url = reverse("note", args=[signed.session.uid])

    assert (
        reverse("cosign_note", args=[signed.session.uid]) in browser_of(supervisor).get(url).content.decode()
    )
    assert "co-sign/" not in browser_of(clinician).get(url).content.decode()


def test_cosigning_on_the_page_shows_it_there_and_on_the_timeline(
    signed, supervisor, browser_of, client_person
):
    page = browser_of(supervisor).post(reverse("cosign_note", args=[signed.session.uid]), follow=True)

    assert "Co-signed by" in page.content.decode()
    [line] = signed_notes(client_person, supervisor, MONDAY_NOON, NEXT_DAY)
    assert "co-signed by Ines Ford" in str(line.text)


def test_an_old_sign_in_is_asked_again(signed, supervisor, browser_of, time_machine):
    browser = browser_of(supervisor)
    time_machine.move_to(NEXT_DAY + timedelta(minutes=11), tick=False)

    answer = browser.post(reverse("cosign_note", args=[signed.session.uid]))

    assert answer.status_code == 403
    signed.refresh_from_db()
    assert signed.cosigned_at is None


def test_a_clinician_who_does_not_supervise_is_refused_on_the_page(signed, clinician, browser_of):
    page = browser_of(clinician).post(reverse("cosign_note", args=[signed.session.uid]), follow=True)

    assert "This is your own note" in page.content.decode()


def test_a_program_cosigns(signed, supervisor, api_of):
    answer = api_of(supervisor).post(f"/api/v1/notes/{signed.uid}/co-sign/")

    assert (answer.status_code, answer.json()["cosigned_by"]) == (200, "Ines Ford")


def test_a_program_of_the_author_is_refused(signed, clinician, api_of):
    answer = api_of(clinician).post(f"/api/v1/notes/{signed.uid}/co-sign/")

    assert (answer.status_code, answer.json()["code"]) == (409, "own_note")


def test_today_lists_what_waits_for_the_supervisor(signed, supervisor, clinician):
    [item] = notes_to_cosign(supervisor, NEXT_DAY)

    assert item.url == reverse("note", args=[signed.session.uid])
    assert notes_to_cosign(clinician, NEXT_DAY) == []


def test_what_is_cosigned_waits_no_longer(signed, supervisor):
    cosign(signed, supervisor)

    assert notes_to_cosign(supervisor, NEXT_DAY) == []


def test_what_was_signed_before_the_supervision_began_does_not_wait(signed, supervisor, client_person):
    client_person.care_team.filter(member=supervisor).update(since=NEXT_DAY.date())

    assert notes_to_cosign(supervisor, NEXT_DAY) == []


def test_reception_has_nothing_to_cosign(reception):
    assert notes_to_cosign(reception, NEXT_DAY) == []


def _update(note, change):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE therapy_sessions_note SET {change} WHERE id = %s", [note.pk])  # noqa: S608 - a change that the test itself writes
