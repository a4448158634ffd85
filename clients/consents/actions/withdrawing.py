"""Take an agreement back: in effect at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clients.consents.choices import About, Step
from clients.consents.models import Consent
from clients.record.models import Client
from clients.rescreening.actions import trigger
from practice.audit import record
from practice.people.models import Member


@transaction.atomic
def withdraw_agreement(*, client: Client, words: str = "", by: Member, now: datetime) -> Consent | None:
    """Take the agreement for moving sessions back, without giving a reason if one likes.

    From now on walking and running are on hold until a clinician has talked with the client. What is not given or
    taken back already stays as it is: None, or the line that says so.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    last = Consent.objects.filter(client=client, about=About.MOVEMENT).spoken().newest_first().first()
    if last is None or last.step == Step.WITHDRAWN:
        return last
    gone = Consent.objects.create(
        client=client,
        about=About.MOVEMENT,
        step=Step.WITHDRAWN,
        version=last.version,
        words=words.strip(),
        in_person=not by.is_client,
        by=by,
        at=now,
    )
    record("consent_withdrawn", on=gone, by=by, at=now, client=client, about=gone.about)
    why = _("The client took back the agreement for moving sessions.")
    trigger(client=client, kind="consent_changed", why=why, by=by, now=now)
    return gone
