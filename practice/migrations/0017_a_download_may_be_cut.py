from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0016_a_long_transaction_changes_counters")]
    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("done", "Done"),
                    ("refused", "Refused"),
                    ("failed", "Did not work"),
                    ("cut", "Cut off"),
                ],
                default="done",
                max_length=7,
            ),
        ),
    ]
