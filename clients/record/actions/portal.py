"""Give a client a sign-in of their own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.audit import record
from practice.people.actions import admit_member
from practice.people.models import Member
from practice.people.roles import Role
from practice.web.refusals import Refused


class PortalAlreadyOpen(Refused):
    code = "portal_already_open"
    message = _("This client has the portal already.")
    field = "email"


@transaction.atomic
def open_portal(
    *, client: Client, email: str, password: str | None = None, by: Member, now: datetime
) -> Member:
    """Give the client a sign-in of their own; without a password they choose one by the reset mail.

    Raises PortalAlreadyOpen, EmailTaken, WeakPassword.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.member_id:
        raise PortalAlreadyOpen
    client.member = admit_member(
        email=email, name=client.name, roles=[Role.CLIENT], password=password, by=by, now=now
    )
    client.email = client.email or email
    client.save(update_fields=["member", "email"])
    record("portal_opened", on=client, by=by, at=now, client=client)
    return client.member
