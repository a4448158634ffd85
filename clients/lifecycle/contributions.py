"""What this room contributes: its own rows to exports and erasures, what waits for a second person, its work."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.lifecycle import lifecycle, tasks, wall
from clients.lifecycle.actions import exporting, moving
from clients.lifecycle.models import ErasureRequest, Export
from clients.lifecycle.querysets import ErasureQuerySet, ExportQuerySet
from clients.lifecycle.rules import EXPORT_LASTS
from practice import contributions
from practice.contributions import Attention
from practice.jobs import actions as jobs
from practice.people import lifecycle as people
from practice.people.models import Member
from practice.people.roles import Permission


def _asked_erasures(member: Member, _now: datetime) -> ErasureQuerySet | None:
    if member.may(Permission.KEEP_RETENTION) or not member.may(Permission.ERASE_RECORD):
        return None  # owners have a page for it
    return ErasureRequest.objects.visible_to(member).still_open().exclude(asked_by=member)


def erasures(member: Member, now: datetime) -> list[Attention]:
    """What somebody else asked to erase and waits for this member's yes."""
    rows = _asked_erasures(member, now)
    if rows is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="trash-2",
            title=_("%s is to be erased") % row.client.reference,
            text=_("%s asked for it. It needs a second person.") % row.asked_by.name,
            url=reverse("erase_client", args=[row.client.uid]),
            action=_("Look at it"),
            at=row.asked_at,
        )
        for row in rows.select_related("client", "asked_by").order_by("asked_at", "pk")
    ]


def _asked_exports(member: Member, now: datetime) -> ExportQuerySet | None:
    if not member.may(Permission.CONFIRM_PRACTICE_EXPORT):
        return None
    rows = Export.objects.visible_to(member).filter(kind="practice", confirmed_at=None)
    return rows.filter(asked_at__gte=now - EXPORT_LASTS).exclude(asked_by=member)


def exports(member: Member, now: datetime) -> list[Attention]:
    """Exports of the whole practice that somebody else asked for and that wait for this member's yes."""
    waiting = _asked_exports(member, now)
    if waiting is None:
        return []
    return [
        Attention(
            urgency="waiting",
            icon="archive",
            title=_("Everything in the practice is to be exported"),
            text=_("%s asked for it. It needs a second person.") % row.asked_by.name,
            url=reverse("confirm_practice_export", args=[row.uid]),
            action=_("Look at it"),
            at=row.asked_at,
        )
        for row in waiting.select_related("asked_by").order_by("asked_at", "pk")
    ]


def register() -> None:
    """Registers the room's givers, once."""
    contributions.attention.register(erasures, rows=_asked_erasures)
    contributions.attention.register(exports, rows=_asked_exports)
    contributions.exports.register(lifecycle.exported)
    contributions.practice_exports.register(people.practice_exported)
    contributions.practice_exports.register(lifecycle.practice_exported)
    contributions.erasures.register(lifecycle.erased)
    jobs.register(exporting.KIND, tasks.make_client_export)
    jobs.register(moving.KIND, tasks.make_practice_export)
    wall.put_up()
