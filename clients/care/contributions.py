"""What waits where nobody treats a client, or nobody will: for owners without a word of the record."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.screening.wording import in_words
from practice import contributions
from practice.contributions import Attention

if TYPE_CHECKING:
    from clients.care.ending import Ending
    from clients.record.querysets import CareTeamQuerySet, ClientQuerySet
    from practice.people.models import Member


def register() -> None:
    """Registers the room's givers, once."""
    contributions.attention.register(untreated, rows=_untreated)
    contributions.attention.register(ending, rows=_ending)
    contributions.left_alone.register(left_alone)


def untreated(member: "Member", now: datetime) -> list[Attention]:
    """For owners: each client whom nobody treats; on top where something waits in the record. Not what it is."""
    from clients.care import screens  # noqa: PLC0415 - apps must be ready first

    shown = screens.untreated_clients(member, now)
    waiting = screens.where_something_waits(shown)
    return [
        Attention(
            urgency="alert" if one.uid in waiting else "waiting",
            icon="user-plus",
            title=_("%s has nobody who treats them") % one.reference,
            text=_("Something waits to be read.") if one.uid in waiting else "",
            url=f"{reverse('clients_and_clinicians')}?q={one.reference}",
            action=_("Name somebody"),
        )
        for one in shown
    ]


def ending(member: "Member", now: datetime) -> list[Attention]:
    """A week ahead: the day after which nobody treats a client, for owners and for who still does."""
    from clients.care.ending import endings  # noqa: PLC0415 - apps must be ready first

    return [_ends(one) for one in endings(member, timezone.localdate(now))]


def left_alone(member: "Member", now: datetime) -> list[str]:
    """The references of the clients whom nobody would treat without this member."""
    from clients.care.ending import only_with  # noqa: PLC0415 - apps must be ready first

    return only_with(member, timezone.localdate(now))


def _untreated(member: "Member", now: datetime) -> "ClientQuerySet | None":
    from clients.care import screens  # noqa: PLC0415 - apps must be ready first

    return screens.untreated(member, now)


def _ending(member: "Member", now: datetime) -> "CareTeamQuerySet | None":
    from clients.care.ending import parts_ending  # noqa: PLC0415 - apps must be ready first

    return parts_ending(member, timezone.localdate(now))


def _ends(one: "Ending") -> Attention:
    owners = f"{reverse('clients_and_clinicians')}?q={one.reference}"
    return Attention(
        urgency="waiting",
        icon="user-plus",
        title=_("%(who)s: nobody treats them after %(day)s")
        % {"who": one.name or one.reference, "day": in_words(one.last_day)},
        text=_("The last part in the care team ends that day."),
        url=reverse("care_team", args=[one.uid]) if one.name else owners,
        action=_("Ask somebody to join") if one.name else _("Name somebody"),
    )
