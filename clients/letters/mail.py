"""The mail that says that something waits. It says nothing about the work, the decision or the person."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def say_that_something_waits(address: str) -> None:
    """Tell a client to look at their own pages."""
    text = render_to_string("clients/letters/mail.txt")
    send_mail(_("Something to read on your pages"), text, None, [address])
