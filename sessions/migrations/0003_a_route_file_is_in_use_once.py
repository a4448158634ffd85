from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0002_trail_is_only_added_to"),
        ("therapy_sessions", "0002_signed_notes_never_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="route",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None), models.Q(("file_sha256", ""), _negated=True)),
                fields=("file_sha256",),
                name="route_file_is_in_use_once",
            ),
        ),
    ]
