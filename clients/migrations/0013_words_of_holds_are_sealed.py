from django.db import migrations, models

import practice.encryption.fields

_RULE = models.CheckConstraint(
    condition=models.Q(
        models.Q(("lifted_at", None), ("lifted_because", ""), ("lifted_by", None)),
        models.Q(
            ("lifted_at__isnull", False),
            ("lifted_by__isnull", False),
            models.Q(("lifted_because", ""), _negated=True),
        ),
        _connector="OR",
    ),
    name="hold_is_lifted_by_somebody_with_a_reason",
)


class Migration(migrations.Migration):
    dependencies = [("clients", "0012_what_never_changes_goes_with_its_client")]
    operations = [
        migrations.RemoveConstraint("hold", "hold_is_lifted_by_somebody_with_a_reason"),
        migrations.RemoveField("hold", "file"),
        migrations.RemoveField("hold", "lifted_because"),
        migrations.AddField(
            "hold",
            "file",
            practice.encryption.fields.EncryptedText(blank=True, default="", key="client"),
            preserve_default=False,
        ),
        migrations.AddField(
            "hold",
            "lifted_because",
            practice.encryption.fields.EncryptedText(blank=True, default="", key="client"),
            preserve_default=False,
        ),
        migrations.AddConstraint("hold", _RULE),
    ]
