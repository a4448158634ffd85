"""Ask a client to sign: by a clinician, or of everybody who signed the text before."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from clients.consents import texts
from clients.consents.choices import About, Step
from clients.consents.letters import send_word
from clients.consents.models import AgreementText, Consent
from clients.consents.querysets import ConsentQuerySet
from clients.record.addresses import sign_in_address
from clients.record.models import Client
from clients.rescreening.actions import trigger
from practice.audit import record
from practice.jobs.leaving_out import going_on
from practice.people.acting import beyond_the_wall
from practice.people.models import Member

Tell = Callable[[int, str], None]
WHY = "a new text is to be signed by everybody who signed the one before, whoever may read their record"


@transaction.atomic
def ask_to_sign(*, client: Client, by: Member, now: datetime) -> Consent:
    """Put the current text before a client. Asked once for a version, however often the button is pressed."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    return _ask(client, texts.current_number(), by, now)


def ask_everybody_again(*, text: AgreementText, tell: Tell, by: Member, now: datetime) -> int:
    """Ask each client whose signature is under an older text, hold their moving sessions; how many were asked.

    One client at a time, each in a transaction of their own; a second run finds nobody left but those for whom it could
    not be done.
    """
    with beyond_the_wall(WHY):
        clients = list(Client.objects.filter(pk__in=_signed_before(text).values("client")).order_by("pk"))
    asked = 0
    for done, client in enumerate(clients):
        with going_on("consent_changed", client=client, now=now) as left, beyond_the_wall(WHY):
            _ask_again(client.pk, text, by, now)
        asked += not left.out
        tell(100 * (done + 1) // len(clients), _("Asking for the new signatures"))
    return asked


def _signed_before(text: AgreementText) -> ConsentQuerySet:
    last = Consent.objects.filter(about=text.agreement).spoken().last_words()
    return Consent.objects.filter(pk__in=last.values("pk"), step=Step.GIVEN, version__lt=text.number)


def _ask_again(key: int, text: AgreementText, by: Member, now: datetime) -> None:
    client = Client.objects.select_for_update().get(pk=key)
    last = Consent.objects.filter(client=client, about=text.agreement).spoken().newest_first().first()
    if last is None or last.step != Step.GIVEN or last.version is None or last.version >= text.number:
        return
    if Consent.objects.filter(client=client, step=Step.ASKED, version=text.number).exists():
        return
    _ask(client, text.number, by, now)
    why = _(
        "The text of the agreement for moving sessions has changed, and the client has not signed it yet."
    )
    trigger(client=client, kind="consent_changed", why=why, now=now)


def _ask(client: Client, version: int, by: Member, now: datetime) -> Consent:
    last = Consent.objects.filter(client=client, about=About.MOVEMENT).newest_first().first()
    if last is not None and last.step == Step.ASKED and last.version == version:
        return last
    asked = Consent.objects.create(
        client=client, about=About.MOVEMENT, step=Step.ASKED, version=version, by=by, at=now
    )
    record("consent_asked", on=asked, by=by, at=now, client=client, version=version)
    if address := sign_in_address(client):
        transaction.on_commit(partial(send_word, address), robust=True)
    return asked
