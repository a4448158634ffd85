import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from practice.encryption.fields import EncryptedDate, EncryptedJSON, EncryptedText
from practice.encryption.migrating import seal_columns


def _constraints(*named):
    """Take constraints away before the columns change, and put the same ones back afterwards."""
    away = [migrations.RemoveConstraint(model, one.name) for model, one in named]
    back = [migrations.AddConstraint(model, one) for model, one in named]
    return away, back


_AWAY, _BACK = _constraints(
    (
        "safetyalert",
        models.CheckConstraint(
            name="alert_is_closed_by_a_person_with_what_was_done",
            condition=Q(seen_at=None, seen_by=None, what_was_done="")
            | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(what_was_done="")),
        ),
    ),
    ("clearance", models.CheckConstraint(name="clearance_has_a_rationale", condition=~Q(rationale=""))),
    (
        "clearance",
        models.CheckConstraint(
            name="clearance_with_conditions_names_them", condition=~Q(decision="conditions", conditions="")
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("clients", "0008_a_key_for_each_client"), ("practice", "0005_data_keys")]

    operations = [
        migrations.AlterField(
            "client",
            "data_key",
            models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="client",
                to="practice.datakey",
            ),
        ),
        *_AWAY,
        *seal_columns(
            "clients",
            "client",
            born_on=EncryptedDate(null=True, blank=True),
            focus=EncryptedText(blank=True, verbose_name="what we are working on"),
        ),
        *seal_columns(
            "clients",
            "emergencycontact",
            was={"name": "varchar(120)", "relation": "varchar(60)", "phone": "varchar(32)"},
            name=EncryptedText(key="client"),
            relation=EncryptedText(key="client", blank=True),
            phone=EncryptedText(key="client"),
        ),
        *seal_columns(
            "clients",
            "breakglass",
            words=EncryptedText(key="client"),
            review=EncryptedText(key="client", blank=True),
        ),
        *seal_columns(
            "clients",
            "response",
            triggers=["submitted_answers_never_change"],
            answers=EncryptedJSON(key="screening__client", default=dict),
            result=EncryptedJSON(key="screening__client", default=dict),
        ),
        *seal_columns("clients", "safetyalert", what_was_done=EncryptedText(key="client", blank=True)),
        *seal_columns(
            "clients",
            "clearance",
            triggers=["decision_is_replaced_never_edited"],
            conditions=EncryptedText(key="client", blank=True),
            rationale=EncryptedText(key="client"),
        ),
        *seal_columns(
            "clients",
            "runlog",
            journal=EncryptedText(key="client", bound_to=("client_id", "uid"), blank=True),
        ),
        *_BACK,
    ]
