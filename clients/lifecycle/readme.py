"""The plain words that lie on top of an export."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.lifecycle.models import Export
from clients.record.models import Client
from practice.people.models import Practice

CONTENTS = gettext_lazy(
    """record.json      everything as one file that programs read; every table says what its rows and columns are
tables/*.csv     the same tables, for a spreadsheet
papers/*.pdf     the documents, as they were made
manifest.json    the SHA-256 of every file, so that a change shows"""
)


def of_client(*, client: Client, kind: str, now: datetime) -> str:
    """What lies in a copy of one client's record, and what does not."""
    if kind == Export.Kind.OWN:
        head, rest = _("Your own copy"), _own()
    else:
        head, rest = _("Copy of a client's record"), _for_care_team()
    return _page(f"{head}, {client.reference}", rest, now)


def of_practice(*, now: datetime) -> str:
    """What lies in the archive of the whole practice, and what does not."""
    rest = _(
        """practice/ has the people, the settings, the routes and the list of what was erased.
clients/TP-0001/ and so on have one client each, with the same files as below.

Log entries that a client keeps to themselves are not in here: they are the client's to take along. Neither are
passwords, second factors, API keys and the audit trail, which stays with the installation that wrote it."""
    )
    return _page(_("Everything of the practice"), rest, now)


def _own() -> str:
    return _(
        """In here is what you gave us and what was written to you: your details, who treats you, every answer that you
gave yourself, your whole log with the entries that only you can read, your sessions, and the summaries made for you.

Not in here are the notes that those who treat you write, the scores of questionnaires, and decisions with their
reasons. You have a right to ask for them as well: ask the practice. They look through them first, because there may
be something about other people in them, and answer within 30 days."""
    )


def _for_care_team() -> str:
    return _(
        """In here is everything that the care team keeps about this client and that whoever asked for it may read.

Log entries that the client keeps to themselves are not in here, and neither are drafts of other people's notes."""
    )


def _page(head: str, rest: str, now: datetime) -> str:
    practice = Practice.objects.first()
    made = _("Made by Towpath for %(practice)s on %(day)s.") % {
        "practice": practice.name if practice else "",
        "day": date_format(timezone.localtime(now), "j F Y, H:i"),
    }
    warning = _(
        """From now on nothing protects these files but you. Keep them where only you can read them, do not send them by
plain e-mail, and delete them when you are done. In the CSV files an apostrophe before = + - or @ keeps a
spreadsheet from taking what somebody typed for a formula."""
    )
    return "\n\n".join([head, made, rest, str(CONTENTS), warning]) + "\n"
