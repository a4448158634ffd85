"""What leaves with the bookings, and what goes when a client is erased."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table
from sessions.booking.models import TherapySession

MODELS = ("therapy_sessions.TherapySession",)
COLUMNS = {
    "uid": _("Id of the session"),
    "starts_at": _("When it begins (UTC)"),
    "ends_at": _("When it ends (UTC)"),
    "time_zone": _("The time zone it was meant in"),
    "clinician.name": _("With whom"),
    "mode": _("Sitting, walking or running"),
    "place": _("Where"),
    "route.name": _("Route"),
    "pace": _("Pace that was agreed"),
    "meeting_place": _("Where to meet"),
    "moving_minutes": _("Minutes of moving"),
    "route_is_chosen": _("Whether you chose the route"),
    "state": _("What became of it"),
    "reason": _("Why it did not take place"),
    "booked_at": _("When it was booked (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    rows = recipient.sees(TherapySession.objects.filter(client=client))
    return [
        table(
            "sessions",
            about=_("Each session that was booked."),
            rows=rows.select_related("clinician", "route").order_by("starts_at", "pk"),
            columns=COLUMNS,
            models=MODELS,
        )
    ]


def erased(client: Client) -> list[Erasure]:
    rows = TherapySession.objects.filter(client=client)
    return [Erasure(models=MODELS, words=_("Sessions"), count=rows.count(), order=30, erase=rows.delete)]


def last_services(clients: Sequence[Client]) -> list[tuple[int, date]]:
    """The day of the last session that took place."""
    held = TherapySession.objects.filter(client__in=clients, state="completed")
    last = held.values_list("client_id").annotate(at=Max("starts_at"))
    return [(key, timezone.localdate(at)) for key, at in last]
