"""What leaves with the reasons for a new look, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

MODELS = ("clients.Rescreen",)
OWN_WORDS = {
    "uid": _("Id"),
    "kind": _("What has changed"),
    "why": _("In words"),
    "raised_at": _("When it was told (UTC)"),
    "closed_at": _("When somebody had decided (UTC)"),
}
COLUMNS = {
    **OWN_WORDS,
    "evidence": _("Values behind it"),
    "raised_by.name": _("Who told it; empty where Towpath noticed it"),
    "assigned_to.name": _("For whom it was"),
    "waits_for": _("Ways of moving that still wait for a decision"),
    "closed_by.name": _("Who decided"),
    "decision.uid": _("Id of the decision that closed it"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """A client's own copy holds what they told themself."""
    from clients.rescreening.models import Rescreen  # noqa: PLC0415 - apps must be ready first

    rows = recipient.sees(Rescreen.objects.filter(client=client)).order_by("raised_at", "pk")
    return [
        table(
            "changes",
            about=_("Each thing that called for a new look at walking and running."),
            rows=rows.select_related("raised_by", "assigned_to", "closed_by", "decision"),
            columns=OWN_WORDS if recipient.is_client else COLUMNS,
            models=MODELS,
        )
    ]


def erased(client: Client) -> list[Erasure]:
    from clients.rescreening.models import Rescreen  # noqa: PLC0415 - apps must be ready first

    rows = Rescreen.objects.filter(client=client)
    return [
        Erasure(
            models=MODELS,
            words=_("Reasons for a new look at moving"),
            count=rows.count(),
            order=45,
            erase=rows.delete,
        )
    ]
