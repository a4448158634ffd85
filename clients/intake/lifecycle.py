"""What leaves with an intake, and what goes when a client is erased."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from clients.intake.models import Draft, IntakeSheet, ResumeLink
from clients.intake.sections import read_section
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.csv import Cell
from practice.web.tables import entries, table

TOLD = {
    "screening_uid": _("Id of the set it belongs to"),
    "section": _("Section"),
    "version": _("Its version"),
    "changed_at": _("When it was last changed (UTC)"),
    "item": _("Key of the question"),
    "question": _("The question as it was asked"),
    "value": _("What was chosen or written"),
    "label": _("The words of the choice"),
}
DRAFTS = {
    "uid": _("Id of the draft"),
    "screening.uid": _("Id of the set it belongs to"),
    "touched_at": _("When something was last answered (UTC)"),
    "first_notice_at": _("First notice of its end (UTC)"),
    "second_notice_at": _("Second notice of its end (UTC)"),
    "erased_at": _("When its answers were erased (UTC)"),
}
LINKS = {
    "uid": _("Id of the link"),
    "asked_at": _("When it was asked for (UTC)"),
    "sent_at": _("When it was sent (UTC)"),
    "used_at": _("When it was used (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """What was told goes to the client and to the care team alike."""
    sheets = recipient.sees(IntakeSheet.objects.filter(client=client)).select_related("screening")
    drafts = recipient.sees(Draft.objects.filter(client=client)).select_related("screening")
    return [
        Table(
            name="told",
            about=_("What the client told beside the questionnaires, with each question as it was worded."),
            columns=TOLD,
            rows=(row for sheet in sheets.order_by("screening_id", "pk") for row in _told(sheet)),
            models=["clients.IntakeSheet"],
        ),
        table(
            "drafts",
            about=_("Questions that were begun: when they were last touched, and the notices of their end."),
            rows=drafts.order_by("pk"),
            columns=DRAFTS,
            models=["clients.Draft"],
        ),
        table(
            "resume_links",
            about=_("Links to come back to open questions without a password."),
            rows=recipient.sees(ResumeLink.objects.filter(client=client)).order_by("pk"),
            columns=LINKS,
            models=["clients.ResumeLink"],
        ),
    ]


def _told(sheet: IntakeSheet) -> Iterator[Sequence[Cell]]:
    section = read_section(sheet.asked)
    head = (str(sheet.screening.uid), sheet.section, sheet.version, sheet.changed_at)
    for key, value in entries(sheet, "answers"):
        ask = section.ask(key)
        yield (
            *head,
            key,
            ask.text if ask else "",
            value,
            dict(ask.options).get(str(value), "") if ask else "",
        )


def erased(client: Client) -> list[Erasure]:
    """They hang on the sets that were asked, so they go before those."""
    kinds = (
        ("clients.IntakeSheet", _("What was told about themself"), IntakeSheet.objects.filter(client=client)),
        ("clients.Draft", _("Drafts of answers"), Draft.objects.filter(client=client)),
        ("clients.ResumeLink", _("Links to come back by"), ResumeLink.objects.filter(client=client)),
    )
    return [
        Erasure(models=[model], words=words, count=rows.count(), order=50, erase=rows.delete)
        for model, words, rows in kinds
    ]
