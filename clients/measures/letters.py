"""The letter that says that something waits. It says nothing about what."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clients.record.addresses import sign_in_address
from clients.record.models import Client


def tell(client: Client) -> None:
    """Write to a client who has pages of their own, at the address they sign in with; nobody else hears of it."""
    if address := sign_in_address(client):
        text = render_to_string("clients/measures/letter.txt")
        send_mail(_("Something waits for you"), text, None, [address])
