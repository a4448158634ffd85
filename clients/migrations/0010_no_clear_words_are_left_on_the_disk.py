from django.db import migrations

from practice.encryption.migrating import rewrite


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("clients", "0009_words_are_sealed")]
    operations = rewrite(
        "clients_client",
        "clients_emergencycontact",
        "clients_breakglass",
        "clients_response",
        "clients_safetyalert",
        "clients_clearance",
        "clients_runlog",
    )
