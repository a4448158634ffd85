import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import practice.encryption.fields
from practice.database.triggers import never_changes


class Migration(migrations.Migration):
    dependencies = [("clients", "0020_consents"), ("practice", "0009_second_clinician_may_override")]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("open", "Moving together"),
                            ("not_now", "Not moving together now"),
                            ("not_a_fit", "Not a fit"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("portal", "On their own pages"), ("paper", "On paper, by hand or by post")],
                        max_length=6,
                    ),
                ),
                ("text", practice.encryption.fields.EncryptedText(key="client")),
                ("sent_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="clients.clearance",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="clients.client",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.member"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["client", "-id"], name="letters_newest_first")],
                "constraints": [
                    models.CheckConstraint(condition=~Q(text=""), name="letter_says_something"),
                    models.CheckConstraint(
                        condition=Q(kind__in=["open", "not_now", "not_a_fit"]),
                        name="letter_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=Q(way__in=["portal", "paper"]), name="letter_goes_a_known_way"
                    ),
                    models.CheckConstraint(
                        condition=Q(opened_at=None) | Q(way="portal"),
                        name="only_a_letter_in_the_portal_is_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("whom", practice.encryption.fields.EncryptedText(key="client")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("portal", "Letter on their own pages"),
                            ("paper", "Letter on paper"),
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("post", "Letter by post"),
                            ("mail", "Sealed e-mail"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", practice.encryption.fields.EncryptedText(blank=True, key="client")),
                ("told_at", models.DateTimeField()),
                (
                    "clearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="clients.clearance",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="clients.client"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~Q(whom=""), name="told_names_whom"),
                    models.CheckConstraint(
                        condition=Q(how__in=["portal", "paper", "in_person", "phone", "post", "mail"]),
                        name="told_in_a_known_way",
                    ),
                ],
            },
        ),
        never_changes(
            "clients_letter",
            name="letter_stays_as_it_was_signed",
            sentence="A letter stays as it was signed; it is opened once.",
            when="OLD.opened_at IS NOT NULL OR ROW(OLD.text, OLD.kind, OLD.way, OLD.sent_at, OLD.client_id,"
            " OLD.clearance_id, OLD.written_by_id) IS DISTINCT FROM ROW(NEW.text, NEW.kind, NEW.way, NEW.sent_at,"
            " NEW.client_id, NEW.clearance_id, NEW.written_by_id)",
            verbs="UPDATE",
        ),
        never_changes(
            "clients_told",
            name="who_was_told_stays",
            sentence="What was written about who was told never changes.",
            verbs="UPDATE",
        ),
    ]
