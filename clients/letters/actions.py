"""Send a letter about a decision, say who else was told, open a letter, say that one has read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.letters import rules
from clients.letters.mail import say_that_something_waits
from clients.letters.models import Letter, Told
from clients.record.addresses import sign_in_address
from clients.record.models import Client
from clients.screening.models import Clearance
from practice.audit import read, record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing


class LetterIsEmpty(Refused):
    code, field = "letter_is_empty", "letter"
    message = _("The letter is empty. Write it, or send none.")


class SaysWhatWeNeverSay(Refused):
    """No letter of ours judges a person."""

    code, field = "says_what_we_never_say", "letter"
    message = _("Say it without “%s”: the letter is about a format, not about the person.")


class NoPortal(Refused):
    code, field = "no_portal", "way"
    message = _("This client has no pages of their own yet. Give them the letter on paper.")


class UnknownWay(Refused):
    code, field = "unknown_way", "way"
    status: ClassVar[int] = 400
    message = _("Please choose one of these.")


class NeedsWhom(Refused):
    code, field = "needs_whom", "whom"
    message = _("Say who was told.")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A letter as a clinician has read and signed it."""

    kind: str
    text: str
    way: str = Letter.Way.PORTAL


@transaction.atomic
def send_letter(*, clearance: Clearance, letter: Written, by: Member, now: datetime) -> Letter:
    """Put the letter on the client's own pages, or keep what they are given on paper. The mail only says that
    something waits."""
    client = Client.objects.select_for_update().get(pk=clearance.client_id)
    if words := rules.never_said_in(letter.text):
        raise SaysWhatWeNeverSay(now_(str(SaysWhatWeNeverSay.message)) % words[0])
    if letter.way == Letter.Way.PORTAL and not has_pages(client):
        raise NoPortal
    sent = Letter(
        client=client,
        clearance=clearance,
        kind=letter.kind,
        way=letter.way,
        text=letter.text.strip(),
        written_by=by,
        sent_at=now,
    )
    with refusing(letter_says_something=LetterIsEmpty, letter_goes_a_known_way=UnknownWay):
        sent.save()
    record("letter_sent", on=sent, by=by, at=now, client=client, way=sent.way)
    note_told(clearance=clearance, whom=now_("The client"), how=sent.way, by=by, now=now)
    _send_word(sent, client)
    return sent


@transaction.atomic
def note_told(
    *, clearance: Clearance, whom: str, how: str, by: Member, now: datetime, words: str = ""
) -> Told:
    """Write down who was told of a decision, and how."""
    client = Client.objects.select_for_update().get(pk=clearance.client_id)
    told = Told(
        client=client,
        clearance=clearance,
        whom=whom.strip(),
        how=how,
        words=words.strip(),
        told_by=by,
        told_at=now,
    )
    with refusing(told_names_whom=NeedsWhom, told_in_a_known_way=UnknownWay):
        told.save()
    record("somebody_told", on=told, by=by, at=now, client=client, how=how)
    return told


def open_letter(*, letter: Letter, by: Member, now: datetime) -> None:
    """Somebody looks at it: a line in the trail, and nothing on the letter."""
    read("letter_opened", on=letter, by=by, at=now, client=letter.client)


@transaction.atomic
def mark_read(*, letter: Letter, by: Member, now: datetime) -> Letter:
    """The client says that they have read it. Said once: the first time stays. `by` is the client whose letter it is."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.read_at is None:
        letter.read_at = now
        letter.save(update_fields=["read_at"])
        record("letter_read", on=letter, by=by, at=now, client=letter.client)
    return letter


def has_pages(client: Client) -> bool:
    """Whether the client can read on their own pages."""
    member = client.member
    return member is not None and member.is_active and member.is_confirmed


def _send_word(letter: Letter, client: Client) -> None:
    """After the decision is kept: a mail that fails undoes nothing, the letter waits on their pages all the same."""
    address = sign_in_address(client)
    if letter.way == Letter.Way.PORTAL and address:
        transaction.on_commit(lambda: say_that_something_waits(address), robust=True)
