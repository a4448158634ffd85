"""What leaves with the summaries, and what goes when a client is erased."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.encryption import Unreadable
from practice.web.tables import table
from sessions.summaries.actions import ConsentTakenBack, check_consented
from sessions.summaries.models import Summary

MODELS = ("therapy_sessions.Summary",)
COLUMNS = {
    "uid": _("Id of the summary"),
    "version": _("Version; its PDF is papers/summary-v<version>.pdf"),
    "since": _("First day"),
    "until": _("Last day"),
    "audience": _("For whom"),
    "questions": _("Questions"),
    "plan": _("Plan"),
    "asked_by.name": _("Who asked for it"),
    "asked_at": _("When (UTC)"),
    "made_at": _("When it was made (UTC)"),
    "pages": _("Pages"),
    "sha256": _("SHA-256 of the PDF"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """The care team's: all of them. A client's own copy: those that were written to them."""
    rows = Summary.objects.filter(client=client).order_by("version")
    if recipient.is_client:
        rows = rows.filter(client__member=recipient.member, audience="client", made_at__isnull=False)
    else:
        rows = recipient.sees(rows)
    listed = table(
        "summaries",
        about=_("Each progress summary."),
        rows=rows.select_related("asked_by"),
        columns=COLUMNS,
        models=MODELS,
    )
    return [listed, *_papers(rows.filter(made_at__isnull=False), to_client=recipient.is_client)]


def _papers(rows: QuerySet[Summary], *, to_client: bool) -> Iterator[Paper]:
    """The PDFs. One that is damaged is left out, and for staff one that the client has closed; its line stays, with its hash."""
    for row in rows.select_related("client"):
        try:
            if not to_client:
                check_consented(summary=row)
            content = bytes(row.pdf or b"")
        except (Unreadable, ConsentTakenBack):
            continue
        yield Paper(name=f"summary-v{row.version}.pdf", content=content, models=MODELS)


def erased(client: Client) -> list[Erasure]:
    rows = Summary.objects.filter(client=client)
    return [
        Erasure(
            models=MODELS,
            words=_("Progress summaries with their PDFs"),
            count=rows.count(),
            order=20,
            erase=rows.delete,
        )
    ]
