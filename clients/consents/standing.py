"""What stands today: the one place that answers whether a client has agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clients.consents import rules, texts
from clients.consents.choices import KINDS, YES_UNTIL_NO, About, Step
from clients.consents.models import Consent
from clients.record.models import Client
from practice.people.models import Practice
from practice.web.refusals import Words

WORDS: dict[str, Words] = {
    "signed": _("Signed on %(at)s, to be looked at again by %(review)s."),
    "unsigned": _("Not signed yet."),
    "withdrawn": _("Taken back on %(at)s."),
    "changed": _("The text has changed since it was signed on %(at)s. It is to be signed again."),
    "review_due": _("Signed on %(at)s. It was to be looked at again by %(review)s."),
    "guardian_missing": _("Signed on %(at)s without a parent or guardian. Below 18 both sign, in person."),
    "of_age": _("Signed on %(at)s with a parent or guardian. From 18 on the client signs for themself."),
}
KIND_OF_BADGE = {
    "signed": "clear",
    "unsigned": "plain",
    "withdrawn": "stop",
    "changed": "due",
    "review_due": "due",
    "guardian_missing": "due",
    "of_age": "due",
}

BADGE_WORDS: dict[str, Words] = {
    "signed": _("Signed"),
    "unsigned": _("Not signed"),
    "withdrawn": _("Taken back"),
    "changed": _("New text"),
    "review_due": _("To be looked at"),
    "guardian_missing": _("Guardian is missing"),
    "of_age": _("Of age now"),
}


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """Where a client stands with the agreement on one day. `row` is their last word, None before they said any."""

    code: str
    row: Consent | None

    @property
    def stands(self) -> bool:
        return self.code == "signed"

    @property
    def badge(self) -> str:
        return KIND_OF_BADGE[self.code]

    @property
    def badge_word(self) -> Words:
        return BADGE_WORDS[self.code]

    @property
    def words(self) -> str:
        values = {"at": "", "review": ""}
        if self.row is not None:
            values["at"] = _day(timezone.localdate(self.row.at))
            values["review"] = _day(self.row.review_on) if self.row.review_on else ""
        return str(WORDS[self.code]) % values


def covers(client: Client, kind: str, on: date) -> bool:
    """Whether this kind of data may be shown to staff (or, for `supervisor`, the record to a supervisor) on that day.

    The last word counts. Where the client never said any, `choices.YES_UNTIL_NO` says what holds.
    """
    said = Consent.objects.filter(client=client, about=About(kind)).spoken().by_day(on).newest_first()
    step = said.values_list("step", flat=True).first()
    return step == Step.GIVEN if step else kind in YES_UNTIL_NO


def withheld(client: Client) -> frozenset[str]:
    """The kinds on which the client's last word is no: what they keep from staff, typed by hand or not."""
    last = Consent.objects.filter(client=client, about__in=KINDS).spoken().last_words()
    return frozenset(row.about for row in last.defer("text", "answers") if row.step == Step.WITHDRAWN)


def withheld_since(client: Client, made_at: datetime) -> frozenset[str]:
    """The kinds that were shown at that time and are withheld now: whatever was printed then holds them still."""
    rows = Consent.objects.filter(client=client, about__in=KINDS).spoken().defer("text", "answers")
    then = {row.about: row.step for row in rows.filter(at__lte=made_at).order_by("pk")}
    now = withheld(client)
    return frozenset(kind for kind in now if then.get(kind) != Step.WITHDRAWN)


def movement_agreed(client: Client, on: date) -> bool:
    """Whether a signature under the current text of the agreement for moving sessions stands on that day."""
    return movement(client, on).stands


def movement(client: Client, on: date) -> Agreed:
    """The same, and why not."""
    said = Consent.objects.filter(client=client, about=About.MOVEMENT).spoken().by_day(on)
    return standing_of(said.newest_first().first(), on, born_on=client.born_on)


def standing_of(row: Consent | None, on: date, *, born_on: date | None, current: int | None = None) -> Agreed:
    """The same from the last word at hand, and the birth date of whoever it is about."""
    if row is None:
        return Agreed(code="unsigned", row=None)
    if row.step == Step.WITHDRAWN:
        return Agreed(code="withdrawn", row=row)
    if row.version != (texts.current_number() if current is None else current):
        return Agreed(code="changed", row=row)
    if rules.is_adult(born_on, on) == bool(row.guardian_signature):
        return Agreed(code="of_age" if row.guardian_signature else "guardian_missing", row=row)
    is_due = row.review_on is not None and on > row.review_on
    return Agreed(code="review_due" if is_due else "signed", row=row)


def is_needed() -> bool:
    """Whether this practice walks and runs with nobody who has never signed."""
    return Practice.objects.filter(needs_agreement=True).exists()


def in_the_way(client: Client, on: date) -> Agreed | None:
    """What keeps a moving session from being booked for that day, None where nothing does.

    An agreement that was taken back, whose text has changed or whose review is due refuses everywhere, and no decision
    of a clinician changes that. Whether one is needed at all is the practice's rule: it is about those who never signed.
    Below 18 it is always needed: these sessions are for adults unless a guardian has agreed (domain.md 2.2, point 23).
    """
    agreed = movement(client, on)
    is_minor = not rules.is_adult(client.born_on, on)
    if agreed.stands or (agreed.code == "unsigned" and not is_minor and not is_needed()):
        return None
    return agreed


def may_move(client: Client, on: date) -> bool:
    """Whether what the client agreed to lets a moving session be booked for that day."""
    return in_the_way(client, on) is None


def last_words(client: Client) -> Mapping[str, Consent]:
    """The client's last yes or no about each thing, in one query."""
    rows = Consent.objects.filter(client=client).spoken().last_words().select_related("by")
    return {row.about: row for row in rows.defer("text")}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
