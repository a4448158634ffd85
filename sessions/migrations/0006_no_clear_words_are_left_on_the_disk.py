from django.db import migrations

from practice.encryption.migrating import rewrite


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("therapy_sessions", "0005_words_are_sealed")]
    operations = rewrite("therapy_sessions_note", "therapy_sessions_addendum", "therapy_sessions_summary")
