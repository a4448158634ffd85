from django.db import migrations, models
from django.utils import timezone


def _called(model: str) -> migrations.AddField:
    """What was raised before counts as called for: nobody gets a letter about old things."""
    return migrations.AddField(
        model_name=model,
        name="called_at",
        field=models.DateTimeField(blank=True, null=True, default=timezone.now),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [("clients", "0024_a_guardian_signs_for_a_minor")]

    operations = [_called("safetyalert"), _called("rescreen")]
