"""What leaves about invitations, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.invitations.models import PortalInvitation
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.people.forgetting import forget_sign_in
from practice.web.tables import table

MODELS = ("clients.PortalInvitation",)
COLUMNS = {
    "uid": _("Id of the invitation"),
    "email": _("The address it was sent to"),
    "invited_by.name": _("Who invited"),
    "invited_at": _("When (UTC)"),
    "accepted_at": _("When it was taken up (UTC)"),
    "confirmed_by.name": _("Who confirmed it"),
    "confirmed_at": _("When it was confirmed (UTC)"),
    "withdrawn_at": _("When it was taken back (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    rows = recipient.sees(PortalInvitation.objects.filter(client=client))
    about = _("Invitations to the client's own pages.")
    rows = rows.select_related("invited_by", "confirmed_by").order_by("invited_at", "pk")
    return [table("invitations", about=about, rows=rows, columns=COLUMNS, models=MODELS)]


def erased(client: Client) -> list[Erasure]:
    """Whoever took an invitation up has a sign-in, confirmed or not; it is emptied."""
    rows = PortalInvitation.objects.filter(client=client)
    words, count = _("Invitations"), rows.count()
    return [Erasure(models=MODELS, words=words, count=count, order=60, erase=lambda: _let_go(client))]


def _let_go(client: Client) -> None:
    rows = PortalInvitation.objects.filter(client=client)
    taken_up = [row.member for row in rows.select_related("member__user") if row.member is not None]
    rows.delete()
    for member in taken_up:
        forget_sign_in(member=member)
