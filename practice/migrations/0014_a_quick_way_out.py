from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("practice", "0013_agreements_may_be_needed")]

    operations = [
        migrations.AddField(
            "practice",
            "exit_to",
            models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField("practice", "exit_is_decided", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "practice",
            models.CheckConstraint(
                name="exit_leads_to_a_safe_address",
                condition=Q(exit_to="") | Q(exit_to__startswith="https://", exit_is_decided=True),
            ),
        ),
    ]
