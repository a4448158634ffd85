"""How long this practice keeps records."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.lifecycle.models import RetentionPolicy
from clients.lifecycle.rules import Policy
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class ImpossibleAges(Refused):
    code = "impossible_keeping"
    message = _("Records are kept for 1 to 100 years, those of minors until an age of 18 to 100.")


@transaction.atomic
def set_policy(*, policy: Policy, by: Member, now: datetime) -> RetentionPolicy:
    """Say how long records are kept from now on; it counts for every client. Raises ImpossibleAges."""
    with refusing(
        records_are_kept_1_to_100_years=ImpossibleAges,
        records_of_minors_are_kept_until_they_are_of_age=ImpossibleAges,
    ):
        row, _made = RetentionPolicy.objects.update_or_create(
            only=True, defaults={**asdict(policy), "set_by": by, "set_at": now}
        )
    record(
        "retention_set",
        on=row,
        by=by,
        at=now,
        years=policy.years,
        minors=policy.minor_age,
        late=policy.late_minor_age,
    )
    return row
