"""What leaves with a safety plan, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.safety.models import FirstAidNote, SafetyPlan
from clients.safety.screens import TITLES
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

PLANS = {
    "uid": _("Id of the version"),
    "version": _("Version"),
    **TITLES,
    "is_agreed": _("Whether it was written together"),
    "written_by.name": _("Who wrote it down"),
    "written_at": _("When (UTC)"),
    "looked_by.name": _("Who last went through it"),
    "looked_at": _("When they last went through it (UTC)"),
    "look_again_on": _("Day on which to look again"),
}
NOTES = {
    "uid": _("Id of the note"),
    "words": _("What helpers should know"),
    "written_by.name": _("Who wrote it down"),
    "written_at": _("When (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """The versions of the plan, and what helpers should know."""
    notes = recipient.sees(FirstAidNote.objects.filter(client=client))
    return [
        plans_of(client, recipient),
        table(
            "first_aid",
            about=_("What helpers should know."),
            rows=notes.select_related("written_by"),
            columns=NOTES,
            models=["clients.FirstAidNote"],
        ),
    ]


def plans_of(client: Client, recipient: Recipient) -> Table:
    """A client's own copy holds the versions that they agreed to; the care team's holds all."""
    plans = recipient.sees(SafetyPlan.objects.filter(client=client))
    return table(
        "safety_plans",
        about=_("Each version of the safety plan."),
        rows=plans.select_related("written_by", "looked_by").order_by("version"),
        columns=PLANS,
        models=["clients.SafetyPlan"],
    )


def erased(client: Client) -> list[Erasure]:
    plans = SafetyPlan.objects.filter(client=client)
    notes = FirstAidNote.objects.filter(client=client)
    return [
        Erasure(
            models=["clients.SafetyPlan"],
            words=_("Versions of the safety plan"),
            count=plans.count(),
            order=61,
            erase=plans.delete,
        ),
        Erasure(
            models=["clients.FirstAidNote"],
            words=_("What helpers should know"),
            count=notes.count(),
            order=62,
            erase=notes.delete,
        ),
    ]
