from django.db import migrations

from practice.database.triggers import never_changes


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_record_screening_and_runs")]
    operations = [
        never_changes(
            "clients_response",
            name="submitted_answers_never_change",
            sentence="Submitted answers never change.",
            when="OLD.submitted_at IS NOT NULL",
        ),
        never_changes(
            "clients_clearance",
            name="decision_is_replaced_never_edited",
            sentence="A decision is replaced by a new one, never edited.",
        ),
    ]
