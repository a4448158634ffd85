"""What leaves with the ledger, and what goes when a client is erased."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from clients.consents.models import AgreementDraft, AgreementText, Consent, ConsentDraft
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.encryption import Unreadable
from practice.web.csv import Cell
from practice.web.tables import plain, table

MODELS = ("clients.Consent",)
DRAFTS = ("clients.ConsentDraft",)
COLUMNS = {
    "uid": _("Id of the line"),
    "about": _("What it is about"),
    "step": _("Asked, wished to talk, given or taken back"),
    "version": _("Version of the agreement"),
    "signature": _("Typed signature"),
    "guardian_name": _("Parent or guardian who signed too"),
    "guardian_relation": _("What they are to the client"),
    "guardian_signature": _("Their typed signature"),
    "words": _("Own words"),
    "review_on": _("Day on which it is looked at again"),
    "in_person": _("Whether staff typed it, with the client there or on their word"),
    "by.name": _("Who typed it"),
    "at": _("When (UTC)"),
}
POINTS = {
    "consent_uid": _("Id of the line it belongs to"),
    "point": _("Heading of the point"),
    "sentence": _("The point as it was worded"),
    "agreed": _("Whether it was ticked"),
    "choice": _("What was chosen"),
    "words": _("Own words"),
}
TICKS = {
    "uid": _("Id"),
    "agreement": _("Agreement"),
    "version": _("Its version"),
    "answers": _("What is ticked and not signed yet"),
    "changed_at": _("When it was last changed (UTC)"),
}
TEXTS = {
    "agreement": _("Agreement"),
    "number": _("Version"),
    "body": _("The text"),
    "published_at": _("When it was published (UTC)"),
    "published_by.name": _("Who published it"),
}
DRAFT = {
    "agreement": _("Agreement"),
    "based_on": _("The version that it changes"),
    "body": _("The text"),
    "changed_at": _("When it was last changed (UTC)"),
    "changed_by.name": _("Who changed it"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """Everything that was said, with each point as it was worded that day; and the ticks not signed yet."""
    rows = recipient.sees(Consent.objects.filter(client=client)).select_related("by").order_by("pk")
    drafts = recipient.sees(ConsentDraft.objects.filter(client=client))
    return [
        table(
            "consents",
            about=_("The ledger of what was agreed to and taken back: one line for each."),
            rows=rows,
            columns=COLUMNS,
            models=MODELS,
        ),
        Table(
            name="consent_points",
            about=_("Each point of each signed agreement."),
            columns=POINTS,
            rows=(point for row in rows if row.text for point in _points(row)),
            models=MODELS,
        ),
        table(
            "consent_drafts",
            about=_("An agreement that is ticked in part and not signed."),
            rows=drafts.order_by("pk"),
            columns=TICKS,
            models=DRAFTS,
        ),
    ]


def texts_exported() -> list[Table]:
    """The wordings of the practice."""
    published = AgreementText.objects.select_related("published_by").order_by("agreement", "number")
    return [
        table(
            "agreement_texts",
            about=_("Each version of an agreement that the practice published."),
            rows=published,
            columns=TEXTS,
            models=["clients.AgreementText"],
        ),
        table(
            "agreement_drafts",
            about=_("A wording that is not published yet."),
            rows=AgreementDraft.objects.select_related("changed_by").order_by("agreement"),
            columns=DRAFT,
            models=["clients.AgreementDraft"],
        ),
    ]


def erased(client: Client) -> list[Erasure]:
    rows, drafts = Consent.objects.filter(client=client), ConsentDraft.objects.filter(client=client)
    return [
        Erasure(
            models=MODELS,
            words=_("Agreements that were signed, and what was taken back"),
            count=rows.count(),
            order=56,
            erase=rows.delete,
        ),
        Erasure(
            models=DRAFTS,
            words=_("Agreements ticked in part"),
            count=drafts.count(),
            order=57,
            erase=drafts.delete,
        ),
    ]


def _points(row: Consent) -> Iterator[Sequence[Cell]]:
    """The points of one signature; one line that says why where what was ticked cannot be read."""
    try:
        answers = row.answers
    except Unreadable as problem:
        yield (str(row.uid), f"[{problem.why}]", "", None, "", "")
        return
    for point in (row.text or {"points": []})["points"]:
        said = answers.get(point["key"], {})
        values = (plain(said.get(name, "")) for name in ("agreed", "choice", "words"))
        yield (str(row.uid), point["heading"], point["words"], *values)
