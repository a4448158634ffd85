"""What the pages say about sessions on hold, already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.consents.standing import in_the_way
from clients.record.addresses import sign_in_address
from clients.record.models import Client
from clients.screening.rules.limits import NO_LIMITS
from clients.screening.standing import Standing, standing_for, standings
from practice.people.models import Practice
from sessions.booking.actions.checks import fits
from sessions.booking.actions.refusals import AGREEMENT
from sessions.booking.models import TherapySession
from sessions.booking.querysets import TherapySessionQuerySet
from sessions.booking.screens import about
from sessions.onhold.models import HoldChoice

CHOICE, MODE, STATE = HoldChoice.Choice, TherapySession.Mode, TherapySession.State
TOLD_FOR = timedelta(days=14)
MOST_TOLD = 5


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """A session on hold. `may_go_ahead`: the client is cleared for it again; `kept` says who chose to wait."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    about: str
    mode: str
    clinician_name: str
    reason: str
    may_go_ahead: bool
    is_over: bool
    kept: str


@dataclass(frozen=True, kw_only=True)
class SettledLine:
    """What somebody chose lately, and whether it can be taken back."""

    session_uid: UUID
    starts_at: datetime
    what: str
    chosen_by: str
    chosen_at: datetime
    may_undo: bool


@dataclass(frozen=True, kw_only=True)
class HeldPage:
    """A client's sessions on hold, what was chosen lately, and where walking and running stand."""

    client: Client
    modes: Sequence[Standing]
    lines: Sequence[HeldLine]
    settled: Sequence[SettledLine]
    is_told_by_mail: bool

    @property
    def may_all_go_ahead(self) -> bool:
        return bool(self.lines) and all(line.may_go_ahead for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class MyLine:
    """A session as its client reads it: when, and one sentence with its picture."""

    starts_at: datetime
    words: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class MyCard:
    """What a client is told about sessions that were or are on hold."""

    held: Sequence[MyLine]
    changed: Sequence[MyLine]
    clinician: str
    practice_name: str
    practice_phone: str


def held_page(client: Client, now: datetime) -> HeldPage:
    """Everything on hold for this client, the earliest first."""
    rows = list(_of(client).on_hold().select_related("client", "clinician", "route"))
    kept = _kept_by(rows)
    return HeldPage(
        client=client,
        modes=standings(client, timezone.localdate(now)),
        lines=[_line(row, kept.get(row.pk, ""), now) for row in rows],
        settled=_settled(client, now),
        is_told_by_mail=bool(address_of(client)),
    )


def my_card(client: Client, now: datetime) -> MyCard | None:
    """For the portal. None where nothing is on hold and nothing was changed lately."""
    held = list(_of(client).on_hold().filter(ends_at__gt=now).select_related("clinician"))
    changed = [row for row in _latest_choices(client, now) if row.choice in {CHOICE.SIT, CHOICE.CANCEL}]
    told = [_my_change(row) for row in changed if _is_as_chosen(row)][:MOST_TOLD]
    if not held and not told:
        return None
    practice = Practice.objects.first()
    return MyCard(
        held=[MyLine(starts_at=row.starts_at, words=_("On hold"), icon="circle-pause") for row in held],
        changed=told,
        clinician=held[0].clinician.name if held else changed[0].session.clinician.name,
        practice_name=practice.name if practice else "",
        practice_phone=practice.phone if practice else "",
    )


def address_of(client: Client) -> str:
    """Where a letter about appointments reaches the client: at their sign-in, or as it stands in their details for who
    has none."""
    return sign_in_address(client) if client.member is not None else client.email


def _of(client: Client) -> TherapySessionQuerySet:
    return TherapySession.objects.filter(client=client)


def _line(row: TherapySession, kept: str, now: datetime) -> HeldLine:
    reason = _in_the_way(row)
    return HeldLine(
        uid=row.uid,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        about=about(row),
        mode=row.mode,
        clinician_name=row.clinician.name,
        reason=reason or _("Cleared again, with what is agreed now."),
        may_go_ahead=not reason and row.starts_at > now,
        is_over=row.ends_at <= now,
        kept=kept,
    )


def _in_the_way(row: TherapySession) -> str:
    """What keeps it from going ahead: the decision, what the client has not agreed to, or a limit. "" where nothing does."""
    day = timezone.localdate(row.starts_at)
    standing, missing = standing_for(row.client, row.mode, day), in_the_way(row.client, day)
    if not standing.allows:
        return standing.words
    if missing:
        return str(AGREEMENT[missing.code])
    limits = standing.clearance.limits if standing.clearance else NO_LIMITS
    return (
        ""
        if fits(session=row, limits=limits)
        else _("It no longer fits what is agreed: %s") % " ".join(limits.in_words())
    )


def _kept_by(rows: Sequence[TherapySession]) -> dict[int, str]:
    """For the keys of these sessions, who chose last to keep them on hold."""
    held = {row.pk: row.held_at for row in rows}
    chosen = HoldChoice.objects.standing().filter(session__in=held, choice=CHOICE.KEEP)
    return {
        one.session_id: one.chosen_by.name
        for one in chosen.select_related("chosen_by").order_by("pk")
        if one.held_at == held[one.session_id]
    }


def _latest_choices(client: Client, now: datetime) -> list[HoldChoice]:
    """The newest choice of each session still ahead, chosen in the last two weeks."""
    rows = HoldChoice.objects.standing().filter(
        session__client=client, session__starts_at__gt=now, chosen_at__gt=now - TOLD_FOR
    )
    newest = rows.order_by("session_id", "-pk").distinct("session_id")
    found = newest.select_related("session__clinician", "chosen_by")
    return sorted(found, key=lambda row: row.session.starts_at)


def _settled(client: Client, now: datetime) -> list[SettledLine]:
    return [
        SettledLine(
            session_uid=row.session.uid,
            starts_at=row.session.starts_at,
            what=_what(row),
            chosen_by=row.chosen_by.name,
            chosen_at=row.chosen_at,
            may_undo=True,
        )
        for row in _latest_choices(client, now)
        if row.choice in {CHOICE.SIT, CHOICE.CANCEL} and _is_as_chosen(row)
    ]


def _is_as_chosen(row: HoldChoice) -> bool:
    session = row.session
    if row.choice == CHOICE.CANCEL:
        return session.state == STATE.CANCELLED
    return session.state == STATE.BOOKED and session.mode == MODE.SIT


def _what(row: HoldChoice) -> str:
    if row.choice == CHOICE.CANCEL:
        return _("Cancelled")
    return _("Sitting instead: %s") % row.session.get_place_display().lower()


def _my_change(row: HoldChoice) -> MyLine:
    if row.choice == CHOICE.CANCEL:
        return MyLine(starts_at=row.session.starts_at, words=_("Does not take place"), icon="ban")
    where = row.session.get_place_display().lower()
    return MyLine(starts_at=row.session.starts_at, words=_("We sit instead: %s") % where, icon="armchair")
