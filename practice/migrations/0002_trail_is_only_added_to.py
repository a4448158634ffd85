from django.db import migrations

from practice.database.triggers import never_changes


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_people_trail_and_jobs")]
    operations = [
        never_changes(
            "practice_auditevent",
            name="trail_is_only_added_to",
            sentence="A line of the trail never changes.",
        )
    ]
