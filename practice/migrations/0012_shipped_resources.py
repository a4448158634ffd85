"""A practice that is there already begins with the numbers that ship; a new one gets them when it is founded."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from practice.resources.shipped import ROWS


def write_down(apps: Any, schema_editor: Any) -> None:
    """Only into an empty table, and only where there is a practice."""
    resource = apps.get_model("practice", "Resource")
    if not apps.get_model("practice", "Practice").objects.exists() or resource.objects.exists():
        return
    now = timezone.now()
    resource.objects.bulk_create(
        resource(
            need=row.need,
            country=row.country,
            name=str(row.name),
            phone=row.phone,
            sms=row.sms,
            sms_word=row.sms_word,
            link=row.link,
            hours=str(row.hours),
            who_for=str(row.who_for),
            verified_on=row.verified_on,
            added_at=now,
        )
        for row in ROWS
    )


class Migration(migrations.Migration):
    dependencies = [("practice", "0011_resources")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
