"""Who may sign and co-sign, said by the database itself: raw SQL by people who may read the note."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import CheckViolation, InsufficientPrivilege, RestrictViolation

from clients.consents.models import Consent
from clients.models import BreakGlass, CareTeamMember
from practice.people.acting import acting_as
from sessions.models import Note
from tests.factories import MONDAY_NOON, MemberFactory, NoteFactory, SessionFactory

pytestmark = pytest.mark.django_db
SIGN = "signed_at = %(at)s, signed_by_id = %(signer)s, seal = repeat('a', 64)"
COSIGN = "cosigned_at = %(at)s, cosigned_by_id = %(cosigner)s"
CHANGE = "UPDATE therapy_sessions_note SET {} WHERE id = %(note)s"
ADD = (
    "INSERT INTO therapy_sessions_note (uid, session_id, author_id, format, body, walk, version, created_at,"
    " changed_at, signed_at, signed_by_id, seal) VALUES (gen_random_uuid(), %(session)s, %(author)s, 'soap',"
    " %(words)s, %(words)s, 1, %(at)s, %(at)s, {signed})"
)
BORN_SIGNED, BORN_A_DRAFT = "%(at)s, %(author)s, repeat('a', 64)", "NULL, NULL, ''"


@pytest.fixture
def session(client_person, clinician):
    return SessionFactory(client=client_person, clinician=clinician, completed=True)


@pytest.fixture
def draft(session, clinician):
    return NoteFactory(session=session, author=clinician)


@pytest.fixture
def signed(draft, clinician):
    Note.objects.filter(pk=draft.pk).update(signed_at=MONDAY_NOON, signed_by=clinician, seal="a" * 64)
    return draft


@pytest.fixture
def supervisor(client_person):
    return joins(client_person, "supervising", ["supervisor"])


@pytest.fixture
def covering(client_person):
    return joins(client_person, "covering", ["clinician"])


def joins(client, part, roles):
    member = MemberFactory(roles=roles)
    CareTeamMember.objects.create(client=client, member=member, part=part, since=MONDAY_NOON.date())
    return member


def said_by(member, sql, **values):
    """What PostgreSQL says against it; None when it did it to a row."""
    try:
        with acting_as(member, now=MONDAY_NOON), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, {"at": MONDAY_NOON, **values})
            return None if cursor.rowcount else "no row"
    except DatabaseError as error:
        return error.__cause__


def changed(note, what, *, by, **people):
    """The same for an UPDATE of this note."""
    keys = {name: person.pk for name, person in people.items()}
    return said_by(by, CHANGE.format(what), note=note.pk, **keys)


def test_a_supervisor_does_not_sign_and_cosign_at_once(draft, clinician, supervisor):
    no = changed(draft, f"{SIGN}, {COSIGN}", by=supervisor, signer=clinician, cosigner=supervisor)

    assert isinstance(no, RestrictViolation)
    assert no.diag.constraint_name == "note_is_signed_by_its_author"


def test_an_author_does_not_sign_and_let_it_be_cosigned_at_once(draft, clinician, supervisor):
    no = changed(draft, f"{SIGN}, {COSIGN}", by=clinician, signer=clinician, cosigner=supervisor)

    assert isinstance(no, RestrictViolation)
    assert no.diag.constraint_name == "note_is_cosigned_by_a_supervisor"


def test_its_author_signs_it(draft, clinician):
    assert changed(draft, SIGN, by=clinician, signer=clinician) is None


def test_a_colleague_who_treats_does_not_sign_it(draft, clinician, covering):
    in_the_authors_name = changed(draft, SIGN, by=covering, signer=clinician)
    in_their_own = changed(draft, SIGN, by=covering, signer=covering)
    as_its_author = changed(draft, f"{SIGN}, author_id = %(signer)s", by=covering, signer=covering)

    assert {type(no) for no in (in_the_authors_name, in_their_own, as_its_author)} == {RestrictViolation}


def test_a_note_keeps_its_author(draft, covering):
    no = changed(draft, "author_id = %(author)s", by=covering, author=covering)

    assert isinstance(no, RestrictViolation)


def test_who_supervises_cosigns_what_is_signed(signed, supervisor):
    assert changed(signed, COSIGN, by=supervisor, cosigner=supervisor) is None


def test_nobody_else_cosigns(signed, clinician, supervisor, covering):
    said = [
        changed(signed, COSIGN, by=covering, cosigner=covering),
        changed(signed, COSIGN, by=covering, cosigner=supervisor),
        changed(signed, COSIGN, by=clinician, cosigner=supervisor),
    ]

    assert {type(no) for no in said} == {RestrictViolation}


def test_who_wrote_it_and_supervises_by_now_does_not_cosign(signed, clinician):
    CareTeamMember.objects.filter(member=clinician).update(part="supervising")

    no = changed(signed, COSIGN, by=clinician, cosigner=clinician)

    assert isinstance(no, CheckViolation)


def test_whom_the_client_keeps_out_does_not_cosign(signed, supervisor, client_person):
    Consent.objects.create(
        client=client_person, about="supervisor", step="withdrawn", by=client_person.member, at=MONDAY_NOON
    )

    assert changed(signed, COSIGN, by=supervisor, cosigner=supervisor) == "no row"


def test_who_came_in_by_an_emergency_begins_and_signs_their_own(session, client_person):
    helper = MemberFactory(rights=["break_glass"])
    BreakGlass.objects.create(
        client=client_person,
        member=helper,
        reason="crisis",
        opened_at=MONDAY_NOON,
        until=MONDAY_NOON + timedelta(hours=1),
    )

    begun = said_by(helper, ADD.format(signed=BORN_A_DRAFT), author=helper.pk, session=session.pk, words=b"")
    signed = changed(Note.objects.get(), SIGN, by=helper, signer=helper)

    assert (begun, signed) == (None, None)


def test_a_note_begins_as_a_draft_of_whoever_writes_it(session, clinician, covering):
    begun = {"session": session.pk, "words": b""}

    said = [
        said_by(clinician, ADD.format(signed=BORN_SIGNED), author=clinician.pk, **begun),
        said_by(covering, ADD.format(signed=BORN_A_DRAFT), author=clinician.pk, **begun),
    ]

    assert {type(no) for no in said} == {InsufficientPrivilege}
    assert said_by(covering, ADD.format(signed=BORN_A_DRAFT), author=covering.pk, **begun) is None
