"""Who may confirm an archive of everything: somebody who has been here for a while, or, for who is alone, time.

An owner could let everybody go, or let a second sign-in of their own in, and be both people. So a place in the practice
counts only when it is fourteen days old, and who is alone waits as long, after everybody who was here lately was told.
"""

from datetime import datetime
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.lifecycle import rules
from clients.lifecycle.models import Export
from practice.people.models import Member
from practice.people.roles import Permission, Role
from practice.web.refusals import Refused


class ConfirmedBySomebodyElse(Refused):
    code = "export_needs_second_person"
    message = gettext_lazy("You asked for this yourself. Somebody else has to confirm it.")
    status: ClassVar[int] = 403


class NotLongEnoughHere(Refused):
    code = "export_second_person_is_new"
    message = gettext_lazy(
        "Whoever confirms this has had the same place in the practice for 14 days. Yours is newer than that."
    )
    status: ClassVar[int] = 403


class WaitsForItsDay(Refused):
    code = "export_waits_for_its_day"
    status: ClassVar[int] = 403


def needs_second_person(*, asker: Member, now: datetime) -> bool:
    """Whether somebody else is there who may confirm by now."""
    others = Member.objects.filter(is_active=True).exclude(pk=asker.pk)
    return any(_may_confirm(other, now) for other in others)


def _may_confirm(member: Member, now: datetime) -> bool:
    return member.may(Permission.CONFIRM_PRACTICE_EXPORT) and rules.has_stood(member.placed_at, now)


def alone_from(*, asked_at: datetime, asker: Member, now: datetime) -> datetime:
    """From when the asker may confirm it themself, should nobody else be there then."""
    placed = [one.placed_at for one in lately_placed(asker=asker, now=now) if one.placed_at is not None]
    return rules.alone_from(asked_at, max(placed, default=None))


def lately_placed(*, asker: Member, now: datetime) -> list[Member]:
    """Colleagues who came, went or were given other roles in the last fourteen days."""
    since = now - rules.ALONE_WAITS
    rows = Member.objects.filter(placed_at__gt=since).exclude(roles=[Role.CLIENT]).exclude(pk=asker.pk)
    return list(rows.select_related("user"))


def over_at(*, export: Export, by: Member, now: datetime) -> datetime:
    """Until when `by` may still confirm it."""
    if export.asked_by_id != by.pk or needs_second_person(asker=by, now=now):
        return export.asked_at + rules.EXPORT_LASTS
    return alone_from(asked_at=export.asked_at, asker=by, now=now) + rules.ALONE_LASTS


def check_confirmer(*, export: Export, by: Member, now: datetime) -> None:
    """Raises ConfirmedBySomebodyElse, NotLongEnoughHere, WaitsForItsDay."""
    if export.asked_by_id != by.pk:
        if not rules.has_stood(by.placed_at, now):
            raise NotLongEnoughHere
        return
    if needs_second_person(asker=by, now=now):
        raise ConfirmedBySomebodyElse
    opens_at = alone_from(asked_at=export.asked_at, asker=by, now=now)
    if now < opens_at:
        day = date_format(localtime(opens_at), "DATETIME_FORMAT")
        raise WaitsForItsDay(_("You are alone here, so this waits until %(day)s") % {"day": day})
