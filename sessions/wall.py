"""Who sees which booking, note and summary, said to PostgreSQL."""

from practice.database.wall import (
    DESK,
    MEMBER,
    care_team,
    care_team_beyond,
    caring,
    guard,
    own,
    through,
    treating,
)

BOOKING = "therapy_sessions_therapysession"


def put_up() -> None:
    """For whom the rows of each table are there. A note is for the care team, however its booking was found.

    Those who treat write; who came in by an emergency writes notes; who supervises puts their name under a signed one.
    A note begins as a draft of its own writer; who signs and co-signs it later, a trigger holds (migration 0012).
    """
    mine = f"clinician_id = {MEMBER}"
    guard(
        BOOKING,
        care_team(),
        mine,
        own(),
        DESK,
        writes=(treating(), DESK),
        changes=(treating(), mine, own(), DESK),
    )
    cared_for = through("session_id", BOOKING, caring("up.client_id"))
    guard(
        "therapy_sessions_note",
        through("session_id", BOOKING, care_team_beyond("up.client_id")),
        writes=(f"{cared_for} AND author_id = {MEMBER} AND signed_at IS NULL",),
        changes=(cared_for, f"signed_at IS NOT NULL AND cosigned_by_id = {MEMBER}"),
    )
    in_care = f"({care_team_beyond('up.client_id')} OR {own('up.client_id')})"
    guard(
        "therapy_sessions_holdchoice",
        through("session_id", BOOKING, in_care),
        writes=(through("session_id", BOOKING, treating("up.client_id")),),
    )
    _put_up_what_hangs_on_notes()


def _put_up_what_hangs_on_notes() -> None:
    of_a_note = (
        f'EXISTS (SELECT FROM "{BOOKING}" held WHERE held.id = up.session_id AND {caring("held.client_id")})'
    )
    guard(
        "therapy_sessions_addendum",
        through("note_id", "therapy_sessions_note"),
        writes=(through("note_id", "therapy_sessions_note", of_a_note),),
    )
    theirs = f"{own()} AND audience = 'client' AND made_at IS NOT NULL"
    guard("therapy_sessions_summary", care_team(), theirs, writes=("towpath_hands_out(client_id)",))
