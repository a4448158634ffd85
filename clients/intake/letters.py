"""Letters to a client. Subject and words are such that anybody may read them."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.addresses import sign_in_address
from clients.record.models import Client


def send_link(client: Client, *, token: str) -> None:
    """The link that was asked for."""
    _send(client, _("Your link"), "link.txt", link=_address("open_resume_link", token))


def send_notice(client: Client, *, ends_at: datetime) -> None:
    """What was begun is still there, and until when."""
    values = {"day": timezone.localdate(ends_at), "sign_in": _address("home"), "link": _address("resume")}
    _send(client, _("Something is waiting for you"), "notice.txt", **values)


def _send(client: Client, subject: str, template: str, **values: object) -> None:
    """To the address that the client signs in with. Raises OSError where the letter does not leave."""
    if address := sign_in_address(client):
        text = render_to_string(f"clients/intake/{template}", values)
        send_mail(subject, text, None, [address])


def _address(name: str, *args: object) -> str:
    return f"{settings.SITE}{reverse(name, args=args)}"
