"""The letter that says there is something to read. It says nothing about the work."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def send_word(address: str) -> None:
    """Tell a client that something waits on their own pages."""
    send_mail(
        _("Something to read on your pages"), render_to_string("clients/consents/letter.txt"), None, [address]
    )
