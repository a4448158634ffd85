"""The letter with the link. It says nothing about the work."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clients.invitations.models import PortalInvitation


def send_invitation(invitation: PortalInvitation, *, link: str) -> None:
    text = render_to_string("clients/invitations/letter.txt", {"link": link, "invitation": invitation})
    send_mail(_("Your invitation"), text, None, [invitation.email])
