"""The letter that tells every owner at once that a record was opened."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clients.record.models import BreakGlass
from practice.people.models import Member


def tell_owners(emergency: BreakGlass, url: str) -> None:
    """One letter to each owner but the one who opened it, so that none sees the others' addresses.

    The reference only, not a clinical word.
    """
    words = {"emergency": emergency, "reference": emergency.client.reference, "url": url}
    text = render_to_string("clients/emergency/letter.txt", words)
    owners = Member.objects.filter(is_active=True, roles__contains=["owner"]).exclude(pk=emergency.member_id)
    for owner in owners.select_related("user"):
        send_mail(_("A record was opened in an emergency"), text, None, [owner.user.email])
