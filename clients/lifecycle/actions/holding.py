"""Keep a record from being erased, and let go of it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.lifecycle.models import Hold
from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class HoldStands(Refused):
    code = "hold_stands"
    message = _("This record is on hold already.")


class NothingHeld(Refused):
    code = "nothing_held"
    message = _("This hold was lifted in the meantime.")


@transaction.atomic
def set_hold(*, client: Client, reason: str, file: str = "", by: Member, now: datetime) -> Hold:
    """From now on nobody erases this record, whatever else stands. Raises HoldStands."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    hold = Hold(client=client, reason=Hold.Reason(reason), file=file, set_by=by, set_at=now)
    with refusing(one_hold_at_a_time=HoldStands):
        hold.save()
    record("hold_set", on=hold, by=by, at=now, client=client, why=reason)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, because: str, by: Member, now: datetime) -> Hold:
    """Let go of a record. Raises NothingHeld."""
    client = Client.objects.select_for_update().get(pk=hold.client_id)
    standing = Hold.objects.select_for_update().get(pk=hold.pk)
    if standing.lifted_at is not None:
        raise NothingHeld
    standing.lifted_by, standing.lifted_at, standing.lifted_because = by, now, because
    standing.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    record("hold_lifted", on=standing, by=by, at=now, client=client)
    return standing
