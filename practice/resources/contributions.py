"""Numbers that nobody has confirmed for half a year wait on Today; the table goes along when a practice moves."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from practice import contributions
from practice.contributions import Attention, Table
from practice.people.models import Member
from practice.people.roles import Permission
from practice.resources.models import Resource
from practice.resources.querysets import ResourceQuerySet
from practice.resources.screens import home_country
from practice.web.tables import table

COLUMNS = {
    "uid": _("Id of the resource"),
    "need": _("What it is for"),
    "country": _("Country, as a code; empty for anywhere"),
    "name": _("Name"),
    "phone": _("Number to call"),
    "sms": _("Number to text"),
    "sms_word": _("Word to text"),
    "link": _("Website"),
    "words": _("In words"),
    "hours": _("When it answers"),
    "who_for": _("Who it is for"),
    "verified_on": _("Day on which it was last confirmed"),
    "verified_by.name": _("Who confirmed it"),
    "archived_at": _("When it was put away (UTC)"),
}


def unconfirmed(member: Member, now: datetime) -> ResourceQuerySet | None:
    if not member.may(Permission.KEEP_RESOURCES):
        return None
    return Resource.objects.visible_to(member).standing().around(home_country()).due(timezone.localdate(now))


def attention(member: Member, now: datetime) -> list[Attention]:
    """How many around the practice's own country nobody has confirmed for 180 days, for those who keep the table."""
    rows = unconfirmed(member, now)
    due = rows.count() if rows is not None else 0
    if not due:
        return []
    title = ngettext("%d number for clients to confirm", "%d numbers for clients to confirm", due) % due
    return [
        Attention(
            urgency="waiting",
            icon="life-buoy",
            title=title,
            text=_("Nobody has made sure of them for 180 days. Call once, and say that they answer."),
            url=f"{reverse('resources')}?due=on",
            action=_("Look at them"),
        )
    ]


def practice_exported() -> list[Table]:
    """The table, with what was put away."""
    rows = Resource.objects.select_related("verified_by").order_by("pk")
    about = _("Numbers and services that clients are given.")
    return [table("resources", about=about, rows=rows, columns=COLUMNS, models=["practice.Resource"])]


def register() -> None:
    """Once, when the product starts."""
    contributions.attention.register(attention, rows=unconfirmed)
    contributions.practice_exports.register(practice_exported)
