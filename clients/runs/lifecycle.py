"""What leaves with the log, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.runs.models import RunLog
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

MODELS = ("clients.RunLog",)
COLUMNS = {
    "uid": _("Id of the entry"),
    "activity": _("What was done"),
    "started_at": _("When it began (UTC)"),
    "utc_offset_minutes": _("Minutes that the clock there was ahead of UTC"),
    "minutes": _("Whole minutes"),
    "mood_before": _("Mood before, 1 very low to 5 very good"),
    "mood_after": _("Mood after, 1 very low to 5 very good"),
    "effort": _("How talking went"),
    "distance_m": _("Metres"),
    "context": _("Where and with whom"),
    "journal": _("Own words"),
    "share": _("Whether the care team may read it"),
    "logged_by.name": _("Who wrote it"),
    "created_at": _("When it was written (UTC)"),
    "changed_at": _("When it was last changed (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """The log. What the client keeps to themself, entries and kinds of data, is in the client's own copy alone."""
    rows = recipient.sees(RunLog.objects.filter(client=client))
    if not recipient.is_client:
        rows = rows.filter(share=True).as_agreed()
    about = _("The log between sessions: one line for each walk, run or rest.")
    return [
        table(
            "log",
            about=about,
            rows=rows.select_related("logged_by").order_by("started_at", "pk"),
            columns=COLUMNS,
            models=MODELS,
        )
    ]


def erased(client: Client) -> list[Erasure]:
    rows = RunLog.objects.filter(client=client)
    return [Erasure(models=MODELS, words=_("Log entries"), count=rows.count(), order=50, erase=rows.delete)]
