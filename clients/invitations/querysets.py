"""Questions about invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.invitations.models import PortalInvitation  # noqa: F401 - named in the generic below
    from practice.people.models import Member


class InvitationQuerySet(models.QuerySet["PortalInvitation"]):
    def visible_to(self, member: Member) -> InvitationQuerySet:
        """Those of the clients whom the member may see, for those who may invite."""
        from clients.record.models import Client  # noqa: PLC0415 - the models name this module

        if not member.may(Permission.REGISTER_CLIENT):
            return self.none()
        return self.filter(client__in=Client.objects.visible_to(member))

    def standing(self) -> InvitationQuerySet:
        """Not taken back and not replaced: one per client at most."""
        return self.filter(withdrawn_at=None)
