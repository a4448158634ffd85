"""Who sees which booking, note and summary, said to PostgreSQL."""

from practice.database.wall import DESK, MEMBER, care_team, care_team_beyond, guard, own, through

BOOKING = "therapy_sessions_therapysession"


def put_up() -> None:
    """For whom the rows of each table are there. A note is for the care team, however its booking was found."""
    guard(BOOKING, care_team(), f"clinician_id = {MEMBER}", own(), DESK)
    guard("therapy_sessions_note", through("session_id", BOOKING, care_team_beyond("up.client_id")))
    in_care = f"({care_team_beyond('up.client_id')} OR {own('up.client_id')})"
    guard("therapy_sessions_holdchoice", through("session_id", BOOKING, in_care))
    guard("therapy_sessions_addendum", through("note_id", "therapy_sessions_note"))
    theirs = f"{own()} AND audience = 'client' AND made_at IS NOT NULL"
    guard("therapy_sessions_summary", care_team(), theirs)
