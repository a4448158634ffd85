"""What leaves with letters, and what goes when a client is erased."""

from django.utils.translation import gettext_lazy as _

from clients.letters.models import Letter, Told
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

LETTERS = {
    "uid": _("Id of the letter"),
    "kind": _("What it is about"),
    "text": _("The letter"),
    "way": _("How it came to the client"),
    "written_by.name": _("Who wrote it"),
    "sent_at": _("When it was sent (UTC)"),
    "read_at": _("When the client said that they had read it (UTC)"),
}
TOLD = {
    "uid": _("Id of the line"),
    "whom": _("Who was told"),
    "how": _("How"),
    "words": _("What was said"),
    "told_by.name": _("By whom"),
    "told_at": _("When (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """A client's own copy holds the letters on their pages; the care team's all of them, and who was told."""
    letters = recipient.sees(Letter.objects.filter(client=client)).select_related("written_by")
    given: list[Table | Paper] = [
        table(
            "letters",
            about=_("Each letter about a decision, as it was signed."),
            rows=letters.order_by("sent_at", "pk"),
            columns=LETTERS,
            models=["clients.Letter"],
        )
    ]
    if recipient.is_client:
        return given
    told = recipient.sees(Told.objects.filter(client=client)).select_related("told_by")
    return [
        *given,
        table(
            "who_was_told",
            about=_("Who was told of a decision, and how."),
            rows=told.order_by("told_at", "pk"),
            columns=TOLD,
            models=["clients.Told"],
        ),
    ]


def erased(client: Client) -> list[Erasure]:
    """They hang on decisions, so they go first."""
    letters, told = Letter.objects.filter(client=client), Told.objects.filter(client=client)
    return [
        Erasure(
            models=["clients.Told"],
            words=_("Who was told of decisions"),
            count=told.count(),
            order=40,
            erase=told.delete,
        ),
        Erasure(
            models=["clients.Letter"],
            words=_("Letters about decisions"),
            count=letters.count(),
            order=41,
            erase=letters.delete,
        ),
    ]
