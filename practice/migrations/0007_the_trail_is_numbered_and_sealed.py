import uuid

from django.db import migrations, models

STREAMS = [("act", "What people did"), ("change", "What changed in the database")]
OUTCOMES = [("done", "Done"), ("refused", "Refused"), ("failed", "Did not work")]
NUMBER_WHAT_STANDS = """
DROP TRIGGER trail_is_only_added_to ON practice_auditevent;
UPDATE practice_auditevent SET number = counted.number
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM practice_auditevent) AS counted
  WHERE counted.id = practice_auditevent.id;
CREATE TRIGGER trail_is_only_added_to BEFORE UPDATE OR DELETE ON practice_auditevent
  FOR EACH ROW EXECUTE FUNCTION trail_is_only_added_to();
INSERT INTO practice_trailcounter (shard, last)
  SELECT 0, count(*) FROM practice_auditevent HAVING count(*) > 0;
ALTER TABLE practice_trailcounter SET (fillfactor = 20);
"""


def added(name, field):
    return migrations.AddField(model_name="auditevent", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("practice", "0006_sign_ins_end_when_they_change")]
    operations = [
        migrations.RemoveIndex(model_name="auditevent", name="audit_by_client"),
        migrations.AlterField("auditevent", "uid", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AlterField("auditevent", "at", models.DateTimeField()),
        migrations.AlterField("auditevent", "action", models.SlugField(db_index=False, max_length=48)),
        added("stream", models.CharField(choices=STREAMS, default="act", max_length=6)),
        added("member_roles", models.CharField(default="", max_length=60)),
        added("outcome", models.CharField(choices=OUTCOMES, default="done", max_length=7)),
        added("reason", models.CharField(default="", max_length=120)),
        added("client_reference", models.CharField(default="", max_length=12)),
        added("address", models.CharField(default="", max_length=45)),
        added("device", models.CharField(default="", max_length=60)),
        added("request", models.CharField(default="", max_length=32)),
        added("transaction", models.BigIntegerField(default=0, editable=False)),
        added("shard", models.PositiveSmallIntegerField(default=0, editable=False)),
        added("number", models.BigIntegerField(default=0, editable=False)),
        migrations.CreateModel(
            name="TrailCounter",
            fields=[
                ("shard", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="TrailSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("shard", models.PositiveSmallIntegerField()),
                ("event_number", models.BigIntegerField()),
                ("seal", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shard", "event_number"),
                        include=("number",),
                        name="trail_line_is_sealed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                ("sealed", models.BigIntegerField()),
                ("unsealed", models.BigIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
                ("fault", models.SlugField(db_index=False, max_length=32)),
                ("where", models.JSONField(default=dict)),
            ],
            options={"indexes": [models.Index(fields=["-at", "-id"], name="trail_checks_newest")]},
        ),
        migrations.CreateModel(
            name="TrailKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("only", models.BooleanField(default=True, editable=False, unique=True)),
                ("sealed", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("only", True)), name="trail_key_is_the_only_one"
                    )
                ],
            },
        ),
        migrations.RunSQL(NUMBER_WHAT_STANDS, migrations.RunSQL.noop),
    ]
