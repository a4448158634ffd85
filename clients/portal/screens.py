"""The client's own pages: what waits on Home, and what is agreed on Plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from clients.record.models import Client
from clients.runs.heading_out import HeadingOut
from clients.runs.screens import last_days, log_rests
from clients.screening.contributions import AGREED_CARD
from practice.contributions import PortalCard, portal_cards
from practice.people.models import Member
from practice.web.charts import Day

BELOW_THE_LOG = 50
AGREED_BETWEEN_US = ("sessions/", AGREED_CARD)
"""The cards of the plan: the appointments, and the conditions on which moving is open."""
EARLIEST_YEAR = 2000


@dataclass(frozen=True, kw_only=True)
class Home:
    """Cards above and below the log button, already drawn; `days` are the last fourteen, oldest first.

    `log_rests`: nothing on the page invites to move.
    """

    name: str
    log_rests: bool
    before: HeadingOut | None
    above: Sequence[SafeString]
    days: Sequence[Day]
    below: Sequence[SafeString]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is agreed between the sessions: the cards that the work together contributes."""

    log_rests: bool
    cards: Sequence[SafeString]


def home(client: Client, member: Member, now: datetime, before: HeadingOut | None) -> Home:
    cards = sorted(portal_cards(client, now), key=lambda card: card.order)
    return Home(
        name=client.name,
        log_rests=log_rests(client, timezone.localdate(now)),
        before=before,
        above=[_drawn(card) for card in cards if card.order < BELOW_THE_LOG],
        days=last_days(client, member, now),
        below=[_drawn(card) for card in cards if card.order >= BELOW_THE_LOG],
    )


def plan(client: Client, now: datetime) -> Plan:
    """When we meet, what its rooms want the client to keep in mind, and on what we agreed."""
    cards = sorted(portal_cards(client, now), key=lambda card: card.order)
    return Plan(
        log_rests=log_rests(client, timezone.localdate(now)),
        cards=[_drawn(card) for card in cards if card.template.startswith(AGREED_BETWEEN_US)],
    )


def month_asked(text: str, now: datetime) -> date:
    """The first day of the month in an address, such as 2026-08; this month for anything else."""
    today = timezone.localdate(now)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if EARLIEST_YEAR <= asked.year <= today.year else today.replace(day=1)


def _drawn(card: PortalCard) -> SafeString:
    return mark_safe(render_to_string(card.template, card.values))  # noqa: S308 rendered by a template
