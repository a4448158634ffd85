import uuid

import django.db.models.deletion
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from practice.encryption.migrating import give_keys

_SAY_WHICH_HAVE_A_TOTAL = """
ALTER TABLE clients_response DISABLE TRIGGER submitted_answers_never_change;
UPDATE clients_response SET has_total = true WHERE result->>'total' IS NOT NULL;
ALTER TABLE clients_response ENABLE TRIGGER submitted_answers_never_change;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_care_by_dates_and_emergency_access"),
        ("practice", "0005_data_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="data_key",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="client",
                to="practice.datakey",
            ),
        ),
        migrations.AddField(
            model_name="emergencycontact",
            name="uid",
            field=models.UUIDField(db_default=RandomUUID(), editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="emergencycontact",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        give_keys("clients", "client"),
        migrations.AddField("response", "has_total", models.BooleanField(default=False)),
        migrations.RunSQL(_SAY_WHICH_HAVE_A_TOTAL, migrations.RunSQL.noop),
    ]
