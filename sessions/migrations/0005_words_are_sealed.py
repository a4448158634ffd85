from django.db import migrations, models
from django.db.models import Q

from practice.encryption.fields import EncryptedBytes, EncryptedJSON, EncryptedText
from practice.encryption.migrating import seal_columns

_SAYS_SOMETHING = models.CheckConstraint(name="addendum_says_something", condition=~Q(text=""))
_MADE_WHOLE = models.CheckConstraint(
    name="summary_is_made_whole_or_not_at_all",
    condition=Q(made_at=None, pdf=None, pages=None, sha256="")
    | (Q(made_at__isnull=False, pdf__isnull=False, pages__isnull=False) & ~Q(sha256="")),
)


class Migration(migrations.Migration):
    dependencies = [
        ("therapy_sessions", "0004_notes_are_cosigned"),
        ("clients", "0009_words_are_sealed"),
        ("practice", "0005_data_keys"),
    ]

    operations = [
        migrations.RemoveConstraint("addendum", _SAYS_SOMETHING.name),
        migrations.RemoveConstraint("summary", _MADE_WHOLE.name),
        *seal_columns(
            "therapy_sessions",
            "note",
            triggers=["signed_note_never_changes"],
            body=EncryptedJSON(key="session__client", default=dict),
            walk=EncryptedJSON(key="session__client", default=dict),
        ),
        *seal_columns(
            "therapy_sessions",
            "addendum",
            triggers=["addendum_never_changes"],
            text=EncryptedText(key="note__session__client"),
        ),
        *seal_columns(
            "therapy_sessions",
            "summary",
            triggers=["made_summary_never_changes"],
            questions=EncryptedText(key="client", blank=True),
            plan=EncryptedText(key="client", blank=True),
            snapshot=EncryptedJSON(key="client", null=True, blank=True),
            pdf=EncryptedBytes(key="client", null=True, blank=True),
        ),
        migrations.AddConstraint("addendum", _SAYS_SOMETHING),
        migrations.AddConstraint("summary", _MADE_WHOLE),
    ]
