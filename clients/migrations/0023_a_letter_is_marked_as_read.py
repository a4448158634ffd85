from django.db import migrations, models
from django.db.models import Q

from practice.database.triggers import never_changes


def _stays(*, name: str, sentence: str, column: str) -> migrations.RunSQL:
    return never_changes(
        "clients_letter",
        name=name,
        sentence=sentence,
        when=f"OLD.{column} IS NOT NULL OR ROW(OLD.text, OLD.kind, OLD.way, OLD.sent_at, OLD.client_id,"
        " OLD.clearance_id, OLD.written_by_id) IS DISTINCT FROM ROW(NEW.text, NEW.kind, NEW.way, NEW.sent_at,"
        " NEW.client_id, NEW.clearance_id, NEW.written_by_id)",
        verbs="UPDATE",
    )


def _undone(made: migrations.RunSQL) -> migrations.RunSQL:
    return migrations.RunSQL(made.reverse_sql, made.sql)


class Migration(migrations.Migration):
    """Opening a page says nothing any more; a client says by a press of a button that they have read the letter."""

    dependencies = [("clients", "0022_questionnaires_of_the_practice")]

    operations = [
        _undone(
            _stays(
                name="letter_stays_as_it_was_signed",
                sentence="A letter stays as it was signed; it is opened once.",
                column="opened_at",
            )
        ),
        migrations.RemoveConstraint("letter", "only_a_letter_in_the_portal_is_opened"),
        migrations.RenameField("letter", "opened_at", "read_at"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                name="only_a_letter_in_the_portal_is_marked_as_read",
                condition=Q(read_at=None) | Q(way="portal"),
            ),
        ),
        _stays(
            name="letter_stays_as_it_was_signed",
            sentence="A letter stays as it was signed; it is marked as read once.",
            column="read_at",
        ),
    ]
