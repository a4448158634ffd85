from django.db import migrations

from clients.lifecycle.database import goes_with_its_client

_OF_NOTE = "(SELECT s.client_id FROM therapy_sessions_therapysession s WHERE s.id = OLD.session_id)"
_OF_ADDENDUM = """(SELECT s.client_id FROM therapy_sessions_note n
    JOIN therapy_sessions_therapysession s ON s.id = n.session_id WHERE n.id = OLD.note_id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0012_what_never_changes_goes_with_its_client"),
        ("therapy_sessions", "0006_no_clear_words_are_left_on_the_disk"),
    ]
    operations = [
        goes_with_its_client(
            name="signed_note_never_changes",
            sentence="A signed note never changes; add an addendum.",
            client=_OF_NOTE,
        ),
        goes_with_its_client(
            name="addendum_never_changes",
            sentence="An addendum never changes; add another.",
            client=_OF_ADDENDUM,
        ),
        goes_with_its_client(
            name="made_summary_never_changes",
            sentence="A finished summary never changes; make a new version.",
            client="OLD.client_id",
        ),
    ]
