"""The letter to a client whose sessions have changed. It says nothing about the work: the portal says what."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member, Practice
from sessions.booking.models import TherapySession
from sessions.onhold.screens import address_of


def tell_client(
    *, client: Client, changed: Sequence[TherapySession], url: str, by: Member, now: datetime
) -> bool:
    """One letter about all that has changed, sent once it is kept. False where there is no address, or no news.

    `url` is the client's own page; without the portal the letter asks them to call.
    """
    address = address_of(client)
    if not changed or not address:
        return False
    practice = Practice.objects.first()
    words = {"practice": practice, "url": url if client.member_id else ""}
    text = render_to_string("sessions/onhold/letter.txt", words)
    record("client_told", on=client, by=by, at=now, client=client, sessions=len(changed))

    def send() -> None:
        send_mail(_("About your appointments"), text, None, [address])

    transaction.on_commit(send, robust=True)
    return True
