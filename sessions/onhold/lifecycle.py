"""What leaves with the choices about sessions on hold, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table
from sessions.onhold.models import HoldChoice

MODELS = ("therapy_sessions.HoldChoice",)
COLUMNS = {
    "uid": _("Id of the choice"),
    "session.uid": _("Id of the session"),
    "choice": _("What was chosen: sit, keep, cancel or go ahead"),
    "was_mode": _("Walking or running, as it was booked"),
    "was_route.name": _("Route, as it was booked"),
    "was_pace": _("Pace, as it was agreed"),
    "was_meeting_place": _("Where to meet, as it was booked"),
    "was_moving_minutes": _("Minutes of moving, as it was booked"),
    "was_route_chosen": _("Whether the client had chosen the route"),
    "held_at": _("When it went on hold (UTC)"),
    "chosen_by.name": _("Who chose"),
    "chosen_at": _("When (UTC)"),
    "undone_by.name": _("Who took the choice back"),
    "undone_at": _("When it was taken back (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    rows = recipient.sees(HoldChoice.objects.filter(session__client=client))
    return [
        table(
            "sessions_on_hold",
            about=_("Each choice about a session that was on hold."),
            rows=rows.select_related("session", "was_route", "chosen_by", "undone_by").order_by("pk"),
            columns=COLUMNS,
            models=MODELS,
        )
    ]


def erased(client: Client) -> list[Erasure]:
    rows = HoldChoice.objects.filter(session__client=client)
    return [
        Erasure(
            models=MODELS,
            words=_("Choices about sessions on hold"),
            count=rows.count(),
            order=29,
            erase=rows.delete,
        )
    ]
