"""Writing, signing and adding to a note."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clients.models import Clearance, Rescreen
from practice.audit.models import AuditEvent
from practice.web.refusals import Refused
from sessions.models import Addendum, Note
from sessions.notes import actions
from tests.factories import MONDAY_NOON, ClearanceFactory, MemberFactory, NoteFactory, SessionFactory

EVENING = MONDAY_NOON + timedelta(hours=6)

pytestmark = pytest.mark.django_db


def save(session, version=0, by=None, now=EVENING, **changes):
    words = {"format": "dap", "body": {"data": "We walked slowly."}, "walk": {}, **changes}
    return actions.save_draft(session=session, version=version, by=by or session.clinician, now=now, **words)


def sign(note, by=None):
    return actions.sign_note(note=note, by=by or note.author, now=EVENING)


def test_the_first_save_makes_version_one():
    assert save(SessionFactory.create(completed=True)).version == 1


def test_a_note_can_be_begun_at_the_start_of_the_session():
    assert save(SessionFactory.create(), now=MONDAY_NOON).pk


def test_a_note_cannot_be_begun_before_the_session():
    with pytest.raises(actions.NotBegun):
        save(SessionFactory.create(), now=MONDAY_NOON - timedelta(minutes=1))


def test_a_cancelled_session_has_no_note():
    session = SessionFactory.create(
        state="cancelled", closed_at=MONDAY_NOON, closed_by=MemberFactory.create()
    )

    with pytest.raises(actions.SessionCancelled):
        save(session)


def test_changing_the_format_keeps_every_text():
    session = SessionFactory.create(completed=True)
    save(session, body={"data": "We walked.", "plan": "Rest on Tuesday."})

    note = save(session, version=1, format="soap", body={"subjective": "Lighter."})

    assert note.body == {"data": "We walked.", "plan": "Rest on Tuesday.", "subjective": "Lighter."}


def test_a_stale_save_is_refused_with_what_stands_and_changes_nothing():
    session = SessionFactory.create(completed=True)
    save(session)
    save(session, version=1, body={"data": "From the other window."})

    with pytest.raises(actions.ChangedElsewhere) as refused:
        save(session, version=1, body={"data": "From this window."})

    assert refused.value.saved.body == {"data": "From the other window."}
    assert Note.objects.get().version == 2


def test_sending_the_same_again_is_harmless():
    session = SessionFactory.create(completed=True)
    save(session)

    assert save(session).version == 1


def test_a_colleague_cannot_write_into_somebody_elses_draft():
    note = NoteFactory.create()

    with pytest.raises(actions.NotTheAuthor):
        save(note.session, version=1, by=MemberFactory.create())


def test_a_part_that_no_note_has_is_refused():
    with pytest.raises(actions.UnknownSection):
        save(SessionFactory.create(completed=True), body={"diagnosis": "x"})


@pytest.mark.parametrize(
    "walk", [{"effort": "11"}, {"effort": "-1"}, {"effort": "٣"}, {"setting": "boat"}, {"mood_after": "6"}]
)
def test_a_fact_that_looks_off_is_refused_at_its_field(walk):
    with pytest.raises(actions.OutOfRange) as refused:
        save(SessionFactory.create(completed=True), walk=walk)

    assert refused.value.field == f"walk_{next(iter(walk))}"


def test_signing_sets_who_when_and_a_seal_that_holds():
    note = sign(NoteFactory.create())

    assert (note.signed_at, note.signed_by) == (EVENING, note.author)
    assert actions.seal_of(Note.objects.get()) == note.seal


def test_only_the_author_signs():
    with pytest.raises(actions.NotTheAuthor):
        sign(NoteFactory.create(), by=MemberFactory.create())


def test_an_empty_note_is_not_signed():
    with pytest.raises(actions.EmptyNote):
        sign(NoteFactory.create(body={"plan": " "}))


def test_a_note_is_signed_once():
    note = sign(NoteFactory.create())

    with pytest.raises(actions.AlreadySigned):
        sign(note)


def test_words_that_changed_after_they_were_read_are_not_signed():
    shown = NoteFactory.create()
    save(shown.session, version=1, body={"data": "Added in another window."})

    with pytest.raises(actions.ChangedElsewhere):
        sign(shown)


def test_a_signed_note_takes_no_more_drafts():
    note = sign(NoteFactory.create())

    with pytest.raises(actions.AlreadySigned):
        save(note.session, version=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE therapy_sessions_note SET body = '{}'",
        "UPDATE therapy_sessions_note SET signed_at = NULL, signed_by_id = NULL, seal = ''",
        "DELETE FROM therapy_sessions_note",
    ],
)
def test_not_even_sql_changes_a_signed_note(statement):
    sign(NoteFactory.create())

    with pytest.raises(DatabaseError, match="A signed note never changes"), transaction.atomic():
        connection.cursor().execute(statement)


def test_who_when_and_seal_go_together_in_the_database():
    note = NoteFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(signed_at=EVENING)


def test_an_addendum_stands_beside_the_signed_note():
    note = sign(NoteFactory.create())

    addendum = actions.add_addendum(note=note, text=" She rang later. ", by=note.author, now=EVENING)

    assert (addendum.text, addendum.note) == ("She rang later.", note)


def test_a_draft_takes_no_addendum():
    note = NoteFactory.create()

    with pytest.raises(actions.NotSigned):
        actions.add_addendum(note=note, text="More", by=note.author, now=EVENING)


def test_an_addendum_says_something():
    note = sign(NoteFactory.create())

    with pytest.raises(actions.EmptyAddendum):
        actions.add_addendum(note=note, text="  ", by=note.author, now=EVENING)


def test_a_double_click_adds_once():
    note = sign(NoteFactory.create())

    for _time in range(2):
        actions.add_addendum(note=note, text="More", by=note.author, now=EVENING)

    assert note.addenda.count() == 1


def test_not_even_sql_changes_an_addendum():
    note = sign(NoteFactory.create())
    actions.add_addendum(note=note, text="More", by=note.author, now=EVENING)

    with pytest.raises(DatabaseError, match="An addendum never changes"), transaction.atomic():
        Addendum.objects.update(text="")


def test_each_change_leaves_a_line_in_the_trail():
    session = SessionFactory.create(completed=True)

    note = sign(save(session))
    actions.add_addendum(note=note, text="More", by=note.author, now=EVENING)

    told = AuditEvent.objects.acts().order_by("pk").values_list("action", flat=True)
    assert list(told) == ["note_draft_saved", "note_signed", "addendum_added"]
    assert "walked" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def _at_once(*works):
    """Run the works in threads that start together; answers what each returned or raised."""
    barrier = Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_wins_and_the_other_hears_of_it():
    session = SessionFactory.create(completed=True)
    save(session)

    ends = _at_once(
        lambda: save(session, version=1, body={"data": "One."}),
        lambda: save(session, version=1, body={"data": "Two."}),
    )

    assert sorted(type(end).__name__ for end in ends) == ["ChangedElsewhere", "Note"]


@pytest.mark.django_db(transaction=True)
def test_of_two_first_saves_at_once_one_wins():
    session = SessionFactory.create(completed=True)

    ends = _at_once(
        lambda: save(session, body={"data": "One."}),
        lambda: save(session, body={"data": "Two."}),
    )

    assert sorted(type(end).__name__ for end in ends) == ["ChangedElsewhere", "Note"]


@pytest.mark.django_db(transaction=True)
def test_a_save_during_signing_never_slips_under_the_seal():
    note = NoteFactory.create()

    _at_once(lambda: sign(note), lambda: save(note.session, version=1, body={"plan": "Slipped in."}))

    standing = Note.objects.get()
    assert standing.is_signed != (standing.body.get("plan") == "Slipped in.")
    assert not standing.is_signed or actions.seal_of(standing) == standing.seal


# the stop rule


@pytest.fixture
def moving():
    """A session that took place, of a client who may walk."""
    session = SessionFactory.create(completed=True)
    ClearanceFactory.create(client=session.client, mode="walk", decided_by=session.clinician)
    return session


@pytest.mark.parametrize("used", ["slowed", "ended"])
def test_a_signed_note_that_says_the_stop_rule_was_used_calls_for_a_new_look(moving, used):
    sign(save(moving, walk={"stop_rule": used}))

    task = Rescreen.objects.get()
    assert (task.kind, task.client, task.raised_by) == ("stop_rule", moving.client, moving.clinician)
    assert Clearance.objects.filter(mode="walk").current().get().decision == "hold"


def test_a_draft_calls_for_nothing(moving):
    save(moving, walk={"stop_rule": "ended"})

    assert not Rescreen.objects.exists()


@pytest.mark.parametrize("walk", [{}, {"stop_rule": "no"}])
def test_a_session_without_it_calls_for_nothing(moving, walk):
    sign(save(moving, walk=walk))

    assert not Rescreen.objects.exists()


def test_it_calls_once(moving):
    note = save(moving, walk={"stop_rule": "ended"})
    sign(note)

    with pytest.raises(actions.AlreadySigned):
        sign(note)

    assert Rescreen.objects.count() == 1
