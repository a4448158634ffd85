from django.db import migrations

from practice.database.triggers import never_changes


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0001_routes_bookings_notes_and_summaries")]
    operations = [
        never_changes(
            "therapy_sessions_note",
            name="signed_note_never_changes",
            sentence="A signed note never changes; add an addendum.",
            when="OLD.signed_at IS NOT NULL",
        ),
        never_changes(
            "therapy_sessions_addendum",
            name="addendum_never_changes",
            sentence="An addendum never changes; add another.",
        ),
        never_changes(
            "therapy_sessions_summary",
            name="made_summary_never_changes",
            sentence="A finished summary never changes; make a new version.",
            when="OLD.made_at IS NOT NULL",
        ),
    ]
