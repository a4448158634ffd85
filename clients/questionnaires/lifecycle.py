"""What leaves with results from elsewhere, what goes when a client is erased, and what the practice takes along."""

from django.utils.translation import gettext_lazy as _

from clients.questionnaires.models import InstrumentVersion, OutsideResult, PracticeInstrument
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

MODELS = ("clients.OutsideResult",)
RESULTS = {
    "uid": _("Id of the result"),
    "name": _("Questionnaire"),
    "score": _("Score, as its own rule says it"),
    "taken_on": _("Day on which it was filled in"),
    "link": _("Where more stands"),
    "note": _("Note"),
    "entered_by.name": _("Who entered it"),
    "entered_at": _("When (UTC)"),
    "struck_by.name": _("Who struck it out"),
    "struck_at": _("When (UTC)"),
}
INSTRUMENTS = {
    "key": _("Key"),
    "version": _("Version"),
    "tier": _("Tier"),
    "name": _("Name"),
    "statement": _("Why it may be used"),
    "proof": _("Where that can be looked up"),
    "sha256": _("SHA-256 of the file"),
    "content": _("The file as it was checked"),
    "taken_by.name": _("Who took it into use"),
    "taken_at": _("When (UTC)"),
    "put_away_by.name": _("Who put it away"),
    "put_away_at": _("When (UTC)"),
}
VERSIONS = {
    "key": _("Key"),
    "version": _("Version"),
    "first_seen_at": _("When it was first seen (UTC)"),
    "told_at": _("When those it concerns had been looked at (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """For the care team. A client's own copy holds what they answered themself, and no scores."""
    if recipient.is_client:
        return []
    rows = recipient.sees(OutsideResult.objects.filter(client=client)).order_by("taken_on", "pk")
    return [
        table(
            "outside_results",
            about=_("Each result of a questionnaire whose text is not in Towpath."),
            rows=rows.select_related("entered_by", "struck_by"),
            columns=RESULTS,
            models=MODELS,
        )
    ]


def erased(client: Client) -> list[Erasure]:
    rows = OutsideResult.objects.filter(client=client)
    return [
        Erasure(
            models=MODELS,
            words=_("Results from elsewhere"),
            count=rows.count(),
            order=44,
            erase=rows.delete,
        )
    ]


def practice_exported() -> list[Table]:
    """Which questionnaires this practice uses besides the core, and who stood up for them."""
    rows = PracticeInstrument.objects.order_by("taken_at", "pk").select_related("taken_by", "put_away_by")
    return [
        table(
            "questionnaires",
            about=_("Each questionnaire that this practice took into use."),
            rows=rows,
            columns=INSTRUMENTS,
            models=["clients.PracticeInstrument"],
        ),
        table(
            "questionnaire_versions",
            about=_("Each version of a questionnaire, from when it was first here."),
            rows=InstrumentVersion.objects.order_by("pk"),
            columns=VERSIONS,
            models=["clients.InstrumentVersion"],
        ),
    ]
