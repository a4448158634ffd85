from django.db import migrations

from sessions.onhold.agreement import steps


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0022_questionnaires_of_the_practice"),
        ("practice", "0013_agreements_may_be_needed"),
        ("therapy_sessions", "0009_emergency_places_and_buddies"),
    ]

    operations = steps()
