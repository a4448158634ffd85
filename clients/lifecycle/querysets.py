"""Who sees which export, hold, request and tombstone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from clients.record.models import Client
from clients.record.querysets import Reach, under_care_of
from practice.people.roles import Permission

if TYPE_CHECKING:
    from clients.lifecycle.models import ErasureRequest, Export, Hold, Tombstone  # noqa: F401 - named in the generics below
    from practice.people.models import Member


def erasable_by(member: Member) -> models.QuerySet[Client]:
    """Whose record this member may ask to erase: those they treat; for those who keep retention, everybody's."""
    if member.may(Permission.KEEP_RETENTION):
        return Client.objects.all()
    if member.is_client or not member.may(Permission.ERASE_RECORD):
        return Client.objects.none()
    return Client.objects.in_care_of(member, Reach.KEEP)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, member: Member) -> ExportQuerySet:
        """One's own, and those of the practice for whoever may confirm them."""
        if not member.is_active:
            return self.none()
        mine = models.Q(asked_by=member)
        if member.may(Permission.CONFIRM_PRACTICE_EXPORT):
            mine |= models.Q(kind="practice")
        return self.filter(mine)

    def light(self) -> ExportQuerySet:
        """Without the bytes; newest first."""
        return self.defer("content").select_related("client", "asked_by").order_by("-asked_at", "-pk")

    def left_behind(self, now: datetime) -> ExportQuerySet:
        """Made, not taken, and their day has passed."""
        return self.filter(taken_at=None, expires_at__lt=now)


def _for_keepers(member: Member) -> models.Q:
    """Rows about a client for whoever may ask to erase that client."""
    if not member.is_active or member.is_client or not member.may(Permission.ERASE_RECORD):
        return models.Q(pk__in=[])
    if member.may(Permission.KEEP_RETENTION):
        return models.Q()
    return under_care_of(member, "client", Reach.KEEP)


class HoldQuerySet(models.QuerySet["Hold"]):
    def visible_to(self, member: Member) -> HoldQuerySet:
        return self.filter(_for_keepers(member))

    def standing(self) -> HoldQuerySet:
        return self.filter(lifted_at=None)


class ErasureQuerySet(models.QuerySet["ErasureRequest"]):
    def visible_to(self, member: Member) -> ErasureQuerySet:
        return self.filter(_for_keepers(member))

    def still_open(self) -> ErasureQuerySet:
        return self.filter(withdrawn_at=None)


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    def visible_to(self, member: Member) -> TombstoneQuerySet:
        """The disposal log is for those who keep retention."""
        return self if member.may(Permission.KEEP_RETENTION) else self.none()

    def of(self, client_uid: UUID) -> TombstoneQuerySet:
        return self.filter(client_uid=client_uid)

    def newest_first(self) -> TombstoneQuerySet:
        return self.order_by("-erased_at", "-pk")
