"""The record of one client as a page: who they are, where they stand, what happened."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.measures.screens import LatestMeasure, latest_measures
from clients.record.models import CareTeamMember, Client, EmergencyContact
from clients.record.querysets import keeps_the_desk
from clients.record.reach import Reach, reaches_of
from clients.record.rules import age_on
from clients.record.timeline import Timeline, timeline_of
from clients.screening.standing import Standing, standings
from practice.people.models import Member
from practice.people.roles import Permission

PLAIN = {"open", "cleared"}  # a standing that its badge says in full


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A button that leads to another page about this client."""

    word: str
    url: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class ClinicalPart:
    """What only the care team sees. `cautions` are the sentences about conditions, holds and what is due."""

    modes: Sequence[Standing]
    cautions: Sequence[str]
    measures: Sequence[LatestMeasure]
    timeline: Timeline


@dataclass(frozen=True, kw_only=True)
class ClientPage:
    """The record. `clinical` is None for those who keep names and contacts only."""

    client: Client
    age: str
    contact: EmergencyContact | None
    team: Sequence[CareTeamMember]
    links: Sequence[PageLink]
    clinical: ClinicalPart | None
    may_change: bool
    may_edit: bool
    in_team: bool


def client_page(
    client: Client, member: Member, now: datetime, *, kind: str = "", before: date | None = None
) -> ClientPage:
    """The record as this member may see it. The number of queries does not depend on how much there is."""
    today = timezone.localdate(now)
    team = list(client.care_team.not_over(today).select_related("member").order_by("since", "pk"))
    within = reaches_of(member, client.pk)
    sees_record = Reach.READ in within and member.may(Permission.READ_RECORD)
    keeps = Reach.KEEP in within
    return ClientPage(
        client=client,
        age=_age_words(client, today),
        contact=getattr(client, "emergency_contact", None),
        team=team,
        links=_links(client, member, within),
        clinical=_clinical(client, member, now, kind, before) if sees_record else None,
        may_change=keeps and member.may(Permission.CHANGE_RECORD),
        may_edit=member.may(Permission.REGISTER_CLIENT) and (keeps or keeps_the_desk(member)),
        in_team=any(part.member_id == member.pk for part in team),
    )


def _age_words(client: Client, today: date) -> str:
    if client.born_on is None:
        return ""
    years = age_on(client.born_on, today)
    return ngettext("%d year", "%d years", years) % years


def _clinical(client: Client, member: Member, now: datetime, kind: str, before: date | None) -> ClinicalPart:
    today = timezone.localdate(now)
    modes = standings(client, today)
    return ClinicalPart(
        modes=modes,
        cautions=[mode.words for mode in modes if mode.code not in PLAIN],
        measures=latest_measures(client, today),
        timeline=timeline_of(client, member, now, kind, before),
    )


def _links(client: Client, member: Member, within: Set[Reach]) -> list[PageLink]:
    """The buttons this member has a right to, where the page behind them exists."""
    keeps, hands_out = Reach.KEEP in within, Reach.HAND_OUT in within
    offered = [
        (_("Ask questions"), "ask_screening", "clipboard-list", Permission.ASK_SCREENING, keeps),
        (_("Decide"), "decide_clearance", "clipboard-check", Permission.DECIDE_CLEARANCE, keeps),
        (_("Summary"), "ask_summary", "file-text", Permission.EXPORT_SUMMARY, hands_out),
    ]
    links = [
        PageLink(word=word, url=_address(name, [client.uid]), icon=icon)
        for word, name, icon, permission, is_within in offered
        if is_within and member.may(permission)
    ]
    books = member.may(Permission.BOOK_SESSION) and (keeps or keeps_the_desk(member))
    if books and (booking := _address("book_session", [])):
        url = f"{booking}?client={client.uid}"
        links.insert(0, PageLink(word=_("Book a session"), url=url, icon="calendar-plus"))
    return [link for link in links if link.url]


def _address(name: str, args: Sequence[object]) -> str:
    """The address of a page of another room or floor, "" where this installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
