"""A client says yes or no to one kind of data."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.consents.actions.signing import NoSignature
from clients.consents.choices import KINDS, About, Step
from clients.consents.models import Consent
from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused


class UnknownKind(Refused):
    code = "unknown_kind"
    message = _("Choose one of the kinds of data on this page.")
    field = "about"


@transaction.atomic
def allow(
    *, client: Client, kind: str, signature: str = "", in_person: bool = False, by: Member, now: datetime
) -> Consent:
    """Let the care team have one kind of data from now on. On the clinician's device the client types their name.

    Saying it again changes nothing. Raises UnknownKind, NoSignature.
    """
    if in_person and not signature.strip():
        raise NoSignature
    return _say(client, kind, Step.GIVEN, signature.strip(), in_person, by, now)


@transaction.atomic
def withhold(*, client: Client, kind: str, by: Member, now: datetime) -> Consent:
    """Keep one kind of data from staff, at once and wherever it is shown; what is kept stays kept, for the client.

    Saying it again changes nothing. Raises UnknownKind.
    """
    return _say(client, kind, Step.WITHDRAWN, "", not by.is_client, by, now)


def _say(
    client: Client,
    kind: str,
    step: Step,
    signature: str,
    in_person: bool,  # noqa: FBT001 - two callers, both above
    by: Member,
    now: datetime,
) -> Consent:
    if kind not in KINDS:
        raise UnknownKind
    client = Client.objects.select_for_update().get(pk=client.pk)
    last = Consent.objects.filter(client=client, about=kind).spoken().newest_first().first()
    if last is not None and last.step == step:
        return last
    said = Consent.objects.create(
        client=client,
        about=About(kind),
        step=step,
        signature=signature,
        in_person=in_person,
        by=by,
        at=now,
    )
    action = "consent_given" if step == Step.GIVEN else "consent_withdrawn"
    record(action, on=said, by=by, at=now, client=client, about=said.about, in_person=in_person)
    return said
