"""What leaves with the plans of measures, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.measures.models import MeasureOccasion, MeasurePlan
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

PLANS = {
    "uid": _("Id of the plan"),
    "instrument": _("Questionnaire"),
    "every": _("How many of them lie between two times"),
    "unit": _("Sessions or weeks"),
    "starts_on": _("First day"),
    "until": _("Last day"),
    "paused_on": _("First day of a pause"),
    "resumes_on": _("First day after the pause"),
    "shared": _("Whether the client may read in words what changed"),
    "set_by.name": _("Who planned it"),
    "set_at": _("When (UTC)"),
    "ended_by.name": _("Who ended it"),
    "ended_at": _("When it was ended (UTC)"),
}
OCCASIONS = {
    "plan.uid": _("Id of the plan"),
    "due_on": _("Day on which it was due"),
    "screening.uid": _("Id of the set of questions in which it was asked"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """How often each measure is asked, and the days on which it was due."""
    plans = recipient.sees(MeasurePlan.objects.filter(client=client)).select_related("set_by", "ended_by")
    occasions = recipient.sees(MeasureOccasion.objects.filter(plan__client=client))
    return [
        table(
            "measure_plans",
            about=_("Each questionnaire that is asked again and again, and how often."),
            rows=plans.order_by("pk"),
            columns=PLANS,
            models=["clients.MeasurePlan"],
        ),
        table(
            "measure_occasions",
            about=_("Each day on which a questionnaire was due."),
            rows=occasions.select_related("plan", "screening").order_by("due_on", "pk"),
            columns=OCCASIONS,
            models=["clients.MeasureOccasion"],
        ),
    ]


def erased(client: Client) -> list[Erasure]:
    """The days go with their plans."""
    plans = MeasurePlan.objects.filter(client=client)
    return [
        Erasure(
            models=["clients.MeasurePlan", "clients.MeasureOccasion"],
            words=_("Plans of measures"),
            count=plans.count(),
            order=49,
            erase=plans.delete,
        )
    ]
