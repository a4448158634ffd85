"""Find what a page about keeping and erasing is about. An owner keeps retention over records that they may not read,
so these look beyond the wall and give no more than the page shows."""

from uuid import UUID

from clients.lifecycle.models import ErasureRequest, Hold
from clients.lifecycle.querysets import erasable_by
from clients.record.models import Client
from practice.people.acting import beyond_the_wall
from practice.people.models import Member

WHY = "an owner keeps retention over records that they may not read"


def erasable_client(member: Member, uid: UUID) -> Client | None:
    """The client, if this member may ask that they be erased."""
    with beyond_the_wall(WHY):
        return erasable_by(member).select_related("member__user").filter(uid=uid).first()


def erasure_request(member: Member, uid: UUID) -> ErasureRequest | None:
    with beyond_the_wall(WHY):
        rows = ErasureRequest.objects.visible_to(member).still_open().select_related("client")
        return rows.filter(uid=uid).first()


def standing_hold(member: Member, uid: UUID) -> Hold | None:
    with beyond_the_wall(WHY):
        return Hold.objects.visible_to(member).select_related("client").filter(uid=uid).first()
